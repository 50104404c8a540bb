"""Expected failures around devices."""

from services.errors import CockpitError


class UnknownDeviceError(CockpitError):
    """No device of this id is assigned to a gauge."""

    user_message = "Dieses Gerät ist keinem Pegel zugeordnet. Die Liste steht unter Daten, Geräte."


class DeviceRefusedError(CockpitError):
    """An entry or commissioning was refused: who, what or where from is missing."""

    user_message = (
        "Im Echtbetrieb wird auf dem Rechner des Cockpits eingetragen, bis es eine Anmeldung gibt: "
        "./cockpit device --help."
    )
