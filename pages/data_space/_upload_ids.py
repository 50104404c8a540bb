"""Ids of /daten/hochladen."""

LEAD = "upload-lead"
HEADLINE = "upload-headline"
FILE = "upload-file"
FILE_NOTE = "upload-file-note"
TOO_LARGE = "upload-too-large"
UPLOADED = "upload-uploaded"
SKIP = "upload-skip"
SHEET = "upload-sheet"
PREVIEW = "upload-preview"
FORM = "upload-form"
KIND = "upload-kind"
FIELDS = "upload-fields"
COLUMNS = "upload-columns"
CHECK = "upload-check"
TAKE = "upload-take"
WORKING = "upload-working"
STEP = "upload-step"
CANCEL = "upload-cancel"
OUTCOME = "upload-outcome"
CHECKED = "upload-checked"
SAID = "upload-said"
RESULT = "upload-result"


def field(name: object) -> dict[str, object]:
    """Return the id of a field of the assignment."""
    return {"component": "UploadField", "field": name}
