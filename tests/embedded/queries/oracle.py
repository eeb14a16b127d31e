"""The questions that insights ask, as PostHog's own SQL asks them, over the sample's events.

Written from the definitions that PostHog publishes; they share nothing with our query kinds.
"""

from __future__ import annotations

FROM, TO = "toDateTime('{start} 00:00:00', 'UTC')", "toDateTime('{end} 23:59:59', 'UTC')"
DAYS = (
    f"arrayMap(n -> toStartOfDay({FROM}) + toIntervalDay(n), "
    f"range(0, dateDiff('day', {FROM}, {TO}) + 1))"
)
WITHIN = f"timestamp >= {FROM} AND timestamp <= {TO}"
OTHER = "$$_posthog_breakdown_other_$$"
NULL = "$$_posthog_breakdown_null_$$"

TRENDS = f"""
SELECT arrayMap(day -> arraySum(arrayMap((d, c) -> if(d = day, c, 0), days, counts)), {DAYS})
FROM (SELECT groupArray(day) AS days, groupArray(total) AS counts FROM (
  SELECT {{measure}} AS total, toStartOfDay(timestamp) AS day FROM sample.events
  WHERE {WITHIN} AND event = '{{event}}' GROUP BY day ORDER BY day))
"""

BREAKDOWN = f"""
SELECT if(place > {{limit}}, '{OTHER}', value) AS shown, sumForEach(total) FROM (
  SELECT value, total, row_number() OVER (
    ORDER BY value = '{NULL}' ASC, arraySum(total) DESC, value ASC) AS place
  FROM (SELECT value,
      arrayMap(day -> arraySum(arrayMap((d, c) -> if(d = day, c, 0), groupArray(day_start),
        groupArray(count))), {DAYS}) AS total
    FROM (SELECT count() AS count, toStartOfDay(timestamp) AS day_start,
        ifNull(nullIf(left(toString(`{{column}}`), 400), ''), '{NULL}') AS value
      FROM sample.events WHERE {WITHIN} AND event = '{{event}}' GROUP BY day_start, value)
    GROUP BY value))
GROUP BY shown
ORDER BY shown = '{OTHER}' ASC, shown = '{NULL}' ASC, arraySum(sumForEach(total)) DESC, shown ASC
"""

LIFECYCLE = f"""
SELECT status, toString(toDate(start_of_period)) AS day,
  if(status = 'dormant', -1, 1) * uniqExact(person_id) AS people FROM (
  SELECT person_id, pair.1 AS start_of_period, pair.2 AS status FROM (
    SELECT person_id, arraySort(groupUniqArray(toStartOfDay(timestamp))) AS active,
      arrayPopBack(arrayPushFront(active, toStartOfDay(any(created_at)))) AS earlier,
      arrayPopFront(arrayPushBack(active, toDateTime('1970-01-01 00:00:00', 'UTC'))) AS later,
      arrayMap((before, now, at) -> if(before = now, 'new',
        if(now - toIntervalDay(1) = before AND at != 1, 'returning', 'resurrecting')),
        earlier, active, arrayEnumerate(active)) AS statuses,
      arrayMap(x -> x + toIntervalDay(1), arrayFilter((now, next) -> now + toIntervalDay(1) != next,
        active, later)) AS left_at,
      arrayConcat(arrayZip(active, statuses), arrayMap(x -> (x, 'dormant'), left_at)) AS pairs
    FROM (SELECT person_id, timestamp, event, min(timestamp) OVER (PARTITION BY person_id)
        AS created_at FROM sample.events)
    WHERE event = '{{event}}' AND timestamp >= toStartOfDay({FROM}) - toIntervalDay(1)
      AND timestamp < toStartOfDay({TO}) + toIntervalDay(1)
    GROUP BY person_id) ARRAY JOIN pairs AS pair)
WHERE start_of_period >= toStartOfDay({FROM}) AND start_of_period <= toStartOfDay({TO})
GROUP BY status, day
"""

STICKINESS = f"""
SELECT intervals, uniqExact(person_id) FROM (
  SELECT person_id, count() AS intervals FROM (
    SELECT person_id, toStartOfDay(timestamp) AS day FROM sample.events
    WHERE {WITHIN} AND event = '{{event}}' GROUP BY person_id, day HAVING count() > 0)
  GROUP BY person_id)
GROUP BY intervals
"""

RETENTION = """
SELECT start_index, after, uniqExact(person_id) FROM (
  SELECT person_id,
    arraySort(groupUniqArrayIf(toStartOfWeek(timestamp, 0), event = '{start_event}')) AS starts,
    arraySort(groupUniqArrayIf(toStartOfWeek(timestamp, 0), event = '{return_event}')) AS returns,
    arrayMap(n -> toDate('{first}') + toIntervalWeek(n), range(0, {number})) AS weeks,
    arrayJoin(arrayFilter(x -> x > -1, arrayMap((at, week) -> if(has(starts, week), at - 1, -1),
      arrayEnumerate(weeks), weeks))) AS start_index,
    arrayJoin(arrayConcat([0], arrayFilter(x -> x > 0, arrayMap(
      week -> toInt64(indexOf(arraySlice(weeks, start_index + 1, {number}), week)) - 1,
      returns)))) AS after
  FROM sample.events
  WHERE timestamp >= toDateTime('{first} 00:00:00', 'UTC')
    AND timestamp < toDateTime('{end} 00:00:00', 'UTC')
  GROUP BY person_id)
GROUP BY start_index, after
"""

PATHS = f"""
SELECT last_key, key, count() AS number, avg(took) FROM (
  SELECT person_id, concat(toString(at), '_', step.1) AS key, step.2 AS took,
    if(at > 1, concat(toString(at - 1), '_', step.3), NULL) AS last_key FROM (
    SELECT person_id, at, step FROM (
      SELECT person_id,
        session.1 AS items, session.2 AS times,
        arrayMap((x, y) -> x != y, items, arrayPopFront(arrayPushBack(items, ''))) AS last_of_run,
        arraySlice(arrayFilter((x, keep) -> keep, items, last_of_run), 1, {{steps}}) AS compact,
        arraySlice(arrayFilter((x, keep) -> keep, times, last_of_run), 1, {{steps}}) AS taken,
        arrayZip(compact, arrayDifference(taken), arrayPopBack(arrayPushFront(compact, '')))
          AS steps
      FROM (
        SELECT person_id, arraySplit((x, gap) -> gap >= 1800 * 1000,
          arrayZip(items, times), arrayDifference(times)) AS sessions
        FROM (SELECT person_id, groupArray(item) AS items, groupArray(at) AS times FROM (
            SELECT person_id, toUnixTimestamp64Milli(timestamp) AS at,
              replaceRegexpAll(ifNull(`properties.$current_url`, ''), '(.)/$', '\\\\1') AS item
            FROM sample.events WHERE {WITHIN} AND event = '$pageview'
            ORDER BY person_id, timestamp, uuid)
          GROUP BY person_id))
      ARRAY JOIN arrayMap(s -> (arrayMap(x -> x.1, s), arrayMap(x -> x.2, s)), sessions) AS session)
    ARRAY JOIN steps AS step, arrayEnumerate(steps) AS at))
WHERE last_key IS NOT NULL
GROUP BY last_key, key ORDER BY number DESC, last_key, key LIMIT 50
"""

STRICT = f"""
SELECT uniqExactIf(person_id, event = '{{first}}'), uniqExactIf(person_id,
  event = '{{first}}' AND next = '{{second}}' AND next_at <= timestamp + toIntervalDay(1))
FROM (SELECT person_id, event, timestamp,
    leadInFrame(event) OVER person AS next, leadInFrame(timestamp) OVER person AS next_at
  FROM sample.events WHERE {WITHIN}
  WINDOW person AS (PARTITION BY person_id ORDER BY timestamp, uuid
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))
"""

_TIMES = f"""
  SELECT person_id, groupArrayIf(timestamp, event = '{{first}}') AS firsts,
    groupArrayIf(timestamp, event = '{{second}}') AS seconds
  FROM sample.events WHERE {WITHIN} AND event IN ('{{first}}', '{{second}}') GROUP BY person_id
"""

UNORDERED = f"""
SELECT count(), countIf(arrayExists(a -> arrayExists(
  b -> abs(dateDiff('microsecond', a, b)) <= 86400000000, seconds), firsts))
FROM ({_TIMES})
"""

FUNNEL_TRENDS = f"""
SELECT toString(day) AS shown, round(100 * countIf(converted) / count(), 2) FROM (
  SELECT person_id, toDate(a) AS day, max(arrayExists(
    b -> b > a AND dateDiff('microsecond', a, b) <= 86400000000, seconds)) AS converted
  FROM ({_TIMES}) ARRAY JOIN firsts AS a GROUP BY person_id, day)
GROUP BY shown
"""

# As letters in order of time: "ab" converts; whoever has "x" between or at the end is left out.
EXCLUDED = f"""
SELECT countIf(converted OR (NOT match(done, 'a.*b') AND match(done, 'a$'))), countIf(converted)
FROM (
  SELECT person_id, arrayStringConcat(groupArray(mark)) AS done, match(done, 'ab') AS converted
  FROM (SELECT person_id, multiIf(event = '{{first}}', 'a', event = '{{second}}', 'b', 'x') AS mark
    FROM sample.events
    WHERE {WITHIN} AND event IN ('{{first}}', '{{second}}', '{{excluded}}')
    ORDER BY person_id, timestamp)
  GROUP BY person_id)
"""
