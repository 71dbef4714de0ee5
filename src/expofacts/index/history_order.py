"""The order of history, in which reports on projects are listed, and which of them are the latest.

As SQL over records, for that is where there may be many.
"""

from expofacts.facts.states import STATES

# How far a project has come. Between bars, for a name may be a part of another.
_STATES = f"|{'|'.join(STATES)}|"

# The reports on projects in the order of history: by the last day of the date at which a project
# came into a state, else of the date for which that is said, since by then it is certain to have
# been in it. Of one day, by state; of one state, by how late it was said.
DATED = "(SELECT *, json_extract(data, '$.happened') AS happened FROM record)"
HISTORY = f"""
  CASE length(happened) WHEN 10 THEN happened WHEN 4 THEN happened || '-12-31'
  WHEN 7 THEN coalesce(date(happened || '-01', '+1 month', '-1 day'), '9999-12-31')
  ELSE as_of_last END,
  instr('{_STATES}', '|' || status || '|'), as_of_last, published, id
"""
# The reports of each project's latest state, that is since no other was reported; and of these
# the one that says best when the project came into it.
LATEST = f"""
  SELECT n, row_number() OVER (
    PARTITION BY project ORDER BY length(coalesce(happened, '')) DESC, place DESC
  ) AS rank FROM (
    SELECT n, project, happened, row_number() OVER following AS place,
    min(status) OVER following = max(status) OVER following AS latest
    FROM {DATED} WHERE {{claims}} WINDOW following AS (
      PARTITION BY project ORDER BY {HISTORY} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    )
  ) WHERE latest
"""
