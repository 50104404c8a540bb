"""Ids of the account pages."""

PASSWORD_OLD = "account-password-old"  # noqa: S105  # an id
PASSWORD_NEW = "account-password-new"  # noqa: S105  # an id
PASSWORD_AGAIN = "account-password-again"  # noqa: S105  # an id
PASSWORD_SAVE = "account-password-save"  # noqa: S105  # an id
PASSWORD_SAID = "account-password-said"  # noqa: S105  # an id
FACTOR_SECRET = "account-factor-secret"  # noqa: S105  # an id
FACTOR_CODE = "account-factor-code"
FACTOR_SAVE = "account-factor-save"
FACTOR_SAID = "account-factor-said"
