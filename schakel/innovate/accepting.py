"""Which models keep what is delivered to innovate."""

from schakel.innovate.models import InnovationProject, Participation
from schakel.intake.writing import RecordTable, register_table

PROJECTS = register_table(RecordTable(kind="project", model=InnovationProject))
PARTICIPATIONS = register_table(RecordTable(kind="project_participant", model=Participation))
