"""What can be wrong with the records when the desk starts; operators read these, so they are English sentences."""


class RecordsUnusable(Exception):
    """The records cannot be served as they are; nothing was changed."""


class KeyUnreadable(RecordsUnusable):
    """The encryption keys cannot be read or are no keys."""


class KeyLost(RecordsUnusable):
    """The keys at hand do not open what is stored."""


class SealBroken(RecordsUnusable):
    """A sealed value was changed or moved to another place."""


class SchemaTooNew(RecordsUnusable):
    """A newer program wrote this database."""


class SchemaTooOld(RecordsUnusable):
    """This database has not been upgraded yet."""


class Damaged(RecordsUnusable):
    """The database file is damaged or is no database of a desk."""


class Unreachable(RecordsUnusable):
    """The database server does not answer."""


class BackupUnreadable(RecordsUnusable):
    """A backup is damaged, cut off, or none of a desk."""


class RestoreRefused(RecordsUnusable):
    """A backup is not restored onto what is there."""
