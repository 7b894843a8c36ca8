"""What would make `up` or `logs` fail, or say something that is not so: looked for before it does."""

from apitool.stage.doctor.diagnosis import diagnose
from apitool.stage.doctor.sign import Health, Sign

__all__ = ["Health", "Sign", "diagnose"]
