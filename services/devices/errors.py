"""Expected failures around devices."""

from services.errors import CockpitError


class UnknownDeviceError(CockpitError):
    """No device of this id is assigned to a gauge."""

    user_message = "Dieses Gerät ist keinem Pegel zugeordnet. Die Liste steht unter Daten, Geräte."


class DeviceRefusedError(CockpitError):
    """An entry or commissioning was refused; the sentence says what is missing or wrong."""

    user_message = "So lässt sich das nicht eintragen."
