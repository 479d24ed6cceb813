"""What can go wrong in understanding. Text never can: any text has a meaning, if only "out of scope".

ClinicError
└── IntentsError
    ├── ModelMissing     an embedding model or tokenizer is not installed
    └── BadTraining      the training file cannot be used
"""

from clinic.errors import ClinicError


class IntentsError(ClinicError):
    """Understanding cannot be set up."""

    code = "intents"


class ModelMissing(IntentsError):
    """A language model is not installed; run `make setup`."""

    code = "model-missing"


class BadTraining(IntentsError):
    """The training file cannot be used."""

    code = "bad-training"
