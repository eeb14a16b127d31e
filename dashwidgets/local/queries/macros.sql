-- ClickHouse functions that DuckDB lacks. Times are UTC without a zone.
CREATE MACRO toStartOfMinute(t) AS date_trunc('minute', t);
CREATE MACRO toStartOfHour(t) AS date_trunc('hour', t);
CREATE MACRO toStartOfDay(t) AS date_trunc('day', t);
CREATE MACRO toStartOfMonth(t) AS date_trunc('month', t);
CREATE MACRO toStartOfQuarter(t) AS date_trunc('quarter', t);
CREATE MACRO toStartOfYear(t) AS date_trunc('year', t);
-- ClickHouse weeks begin on Sunday unless the mode says Monday.
CREATE MACRO toStartOfWeek(t, mode := 0) AS
  CASE WHEN mode IN (1, 3) THEN date_trunc('week', t)
       ELSE date_trunc('week', t + INTERVAL 1 DAY) - INTERVAL 1 DAY END;
CREATE MACRO toMonday(t) AS date_trunc('week', t);
CREATE MACRO toDate(t) AS CAST(t AS DATE);
CREATE MACRO toDateTime(t, zone := 'UTC') AS CAST(t AS TIMESTAMP);
CREATE MACRO toDateTime64(t, digits := 6, zone := 'UTC') AS CAST(t AS TIMESTAMP);
CREATE MACRO parseDateTimeBestEffort(t) AS CAST(t AS TIMESTAMP);
CREATE MACRO toTimeZone(t, zone) AS t;
CREATE MACRO toYear(t) AS year(t);
CREATE MACRO toMonth(t) AS month(t);
CREATE MACRO toDayOfMonth(t) AS day(t);
CREATE MACRO toDayOfWeek(t) AS isodow(t);
CREATE MACRO toHour(t) AS hour(t);
CREATE MACRO toMinute(t) AS minute(t);
CREATE MACRO toYYYYMM(t) AS year(t) * 100 + month(t);
CREATE MACRO toYYYYMMDD(t) AS year(t) * 10000 + month(t) * 100 + day(t);
CREATE MACRO toUnixTimestamp(t) AS CAST(epoch(t) AS BIGINT);
CREATE MACRO today() AS current_date;
CREATE MACRO yesterday() AS current_date - 1;
CREATE MACRO toIntervalSecond(n) AS to_seconds(n);
CREATE MACRO toIntervalMinute(n) AS to_minutes(n);
CREATE MACRO toIntervalHour(n) AS to_hours(n);
CREATE MACRO toIntervalDay(n) AS to_days(n);
CREATE MACRO toIntervalWeek(n) AS to_days(n * 7);
CREATE MACRO toIntervalMonth(n) AS to_months(n);
CREATE MACRO addDays(t, n) AS t + to_days(n);
CREATE MACRO subtractDays(t, n) AS t - to_days(n);
CREATE MACRO addHours(t, n) AS t + to_hours(n);
CREATE MACRO subtractHours(t, n) AS t - to_hours(n);

CREATE MACRO toString(x) AS CAST(x AS VARCHAR);
CREATE MACRO toInt(x) AS TRY_CAST(x AS BIGINT);
CREATE MACRO toInt64(x) AS TRY_CAST(x AS BIGINT);
CREATE MACRO toInt32(x) AS TRY_CAST(x AS INTEGER);
CREATE MACRO toUInt64(x) AS TRY_CAST(x AS UBIGINT);
CREATE MACRO toUInt32(x) AS TRY_CAST(x AS UINTEGER);
CREATE MACRO toFloat(x) AS TRY_CAST(x AS DOUBLE);
CREATE MACRO toFloat64(x) AS TRY_CAST(x AS DOUBLE);
CREATE MACRO toFloatOrZero(x) AS coalesce(TRY_CAST(x AS DOUBLE), 0);
CREATE MACRO toBool(x) AS TRY_CAST(x AS BOOLEAN);

CREATE MACRO empty(x) AS coalesce(x = '', true);
CREATE MACRO notEmpty(x) AS coalesce(x != '', false);
CREATE MACRO strlen_or_list(x) AS len(x);
CREATE MACRO splitByChar(separator, x) AS string_split(x, separator);
CREATE MACRO splitByString(separator, x) AS string_split(x, separator);
CREATE MACRO replaceAll(x, old, new) AS replace(x, old, new);
CREATE MACRO replaceRegexpAll(x, pattern, new) AS regexp_replace(x, pattern, new, 'g');
CREATE MACRO "extract"(x, pattern) AS regexp_extract(x, pattern, 1);
CREATE MACRO domain(x) AS regexp_extract(x, '^(?:[a-z]+://)?([^/:?#]+)', 1);
CREATE MACRO path(x) AS regexp_extract(x, '^(?:[a-z]+://[^/?#]+)?([^?#]*)', 1);
CREATE MACRO positionCaseInsensitive(x, y) AS strpos(lower(x), lower(y));

CREATE MACRO uniqExact(x) AS count(DISTINCT x);
CREATE MACRO uniqIf(x, c) AS count(DISTINCT x) FILTER (WHERE c);
CREATE MACRO uniqExactIf(x, c) AS count(DISTINCT x) FILTER (WHERE c);
CREATE MACRO sumIf(x, c) AS coalesce(sum(x) FILTER (WHERE c), 0);
CREATE MACRO avgIf(x, c) AS avg(x) FILTER (WHERE c);
CREATE MACRO minIf(x, c) AS min(x) FILTER (WHERE c);
CREATE MACRO maxIf(x, c) AS max(x) FILTER (WHERE c);
CREATE MACRO anyIf(x, c) AS any_value(x) FILTER (WHERE c);
CREATE MACRO groupArray(x) AS list(x);
CREATE MACRO groupUniqArray(x) AS list(DISTINCT x);
CREATE MACRO arraySort(x) AS list_sort(x);
CREATE MACRO arrayDistinct(x) AS list_distinct(x);
CREATE MACRO arrayElement(x, n) AS x[n];
CREATE MACRO arrayStringConcat(x, separator := '') AS array_to_string(x, separator);
CREATE MACRO has(x, y) AS list_contains(x, y);
