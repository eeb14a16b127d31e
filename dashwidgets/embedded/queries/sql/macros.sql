-- ClickHouse functions that DuckDB lacks. Times are UTC without a zone.
CREATE MACRO toDate(t) AS CAST(t AS DATE);
CREATE MACRO toDateTime(t, zone := 'UTC') AS CAST(t AS TIMESTAMP);
CREATE MACRO toDateTime64(t, digits := 6, zone := 'UTC') AS CAST(t AS TIMESTAMP);
CREATE MACRO toTimeZone(t, zone) AS t;
CREATE MACRO toYear(t) AS year(t);
CREATE MACRO toMonth(t) AS month(t);
CREATE MACRO toDayOfMonth(t) AS day(t);
CREATE MACRO toHour(t) AS hour(t);
CREATE MACRO toMinute(t) AS minute(t);
CREATE MACRO toUnixTimestamp(t) AS CAST(epoch(t) AS BIGINT);
CREATE MACRO yesterday() AS current_date - 1;
CREATE MACRO toIntervalSecond(n) AS to_seconds(n);
CREATE MACRO toIntervalMinute(n) AS to_minutes(n);
CREATE MACRO toIntervalHour(n) AS to_hours(n);
CREATE MACRO toIntervalDay(n) AS to_days(n);
CREATE MACRO toIntervalWeek(n) AS to_days(n * 7);
CREATE MACRO toIntervalMonth(n) AS to_months(n);
CREATE MACRO toIntervalQuarter(n) AS to_months(n * 3);
CREATE MACRO toIntervalYear(n) AS to_years(n);
CREATE MACRO addDays(t, n) AS t + to_days(n);
CREATE MACRO subtractDays(t, n) AS t - to_days(n);
CREATE MACRO addHours(t, n) AS t + to_hours(n);
CREATE MACRO subtractHours(t, n) AS t - to_hours(n);

CREATE MACRO toFloat64(x) AS TRY_CAST(x AS DOUBLE);
CREATE MACRO toFloat64OrNull(x) AS TRY_CAST(x AS DOUBLE);
CREATE MACRO toUnixTimestamp64Micro(t) AS epoch_us(t);
CREATE MACRO fromUnixTimestamp64Micro(n, zone := 'UTC') AS make_timestamp(n);
CREATE MACRO toBool(x) AS TRY_CAST(x AS BOOLEAN);

CREATE MACRO splitByChar(separator, x) AS string_split(x, separator);
CREATE MACRO replaceAll(x, old, new) AS replace(x, old, new);
CREATE MACRO replaceRegexpAll(x, pattern, new) AS regexp_replace(x, pattern, new, 'g');
CREATE MACRO domain(x) AS regexp_extract(x, '^(?:[a-z]+://)?([^/:?#]+)', 1);
CREATE MACRO positionCaseInsensitive(x, y) AS strpos(lower(x), lower(y));

CREATE MACRO uniqExact(x) AS count(DISTINCT x);
CREATE MACRO uniqIf(x, c) AS count(DISTINCT x) FILTER (WHERE c);
CREATE MACRO uniqExactIf(x, c) AS count(DISTINCT x) FILTER (WHERE c);
CREATE MACRO avgIf(x, c) AS avg(x) FILTER (WHERE c);
CREATE MACRO minIf(x, c) AS min(x) FILTER (WHERE c);
CREATE MACRO maxIf(x, c) AS max(x) FILTER (WHERE c);
CREATE MACRO anyIf(x, c) AS any_value(x) FILTER (WHERE c);
CREATE MACRO arraySort(x) AS list_sort(x);
CREATE MACRO arrayElement(x, n) AS x[n];
CREATE MACRO arrayStringConcat(x, separator := '') AS array_to_string(x, separator);

CREATE MACRO toSecond(t) AS second(t);
CREATE MACRO assumeNotNull(x) AS x;
CREATE MACRO arraySum(x) AS CASE WHEN len(x) = 0 THEN 0 ELSE list_sum(x) END;
CREATE MACRO intDiv(x, y) AS x // y;
CREATE MACRO modulo(x, y) AS x % y;
CREATE MACRO plus(x, y) AS x + y;
CREATE MACRO minus(x, y) AS x - y;
CREATE MACRO divide(x, y) AS x / y;
CREATE MACRO equals(x, y) AS x = y;
CREATE MACRO notEquals(x, y) AS x != y;

-- Weeks begin on Sunday unless the mode says Monday.
CREATE MACRO toStartOfWeek(t, mode := 0) AS
  CAST(CASE WHEN mode IN (1, 3, 5, 7) THEN date_trunc('week', t)
       ELSE date_trunc('week', t + INTERVAL 1 DAY) - INTERVAL 1 DAY END AS DATE);

-- A whole number has no fraction as text; a fraction is cut off, text with one is no integer.
CREATE MACRO toString(x) AS
  CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') OR typeof(x) LIKE 'DECIMAL%'
       THEN regexp_replace(CAST(x AS VARCHAR), '[.]0+$', '') ELSE CAST(x AS VARCHAR) END;
CREATE MACRO whole(x) AS
  CASE WHEN typeof(x) = 'VARCHAR'
       THEN CASE WHEN regexp_matches(CAST(x AS VARCHAR), '^[+-]?[0-9]+$') THEN TRY_CAST(x AS HUGEINT) END
       WHEN typeof(x) IN ('DOUBLE', 'FLOAT') OR typeof(x) LIKE 'DECIMAL%'
       THEN TRY_CAST(trunc(TRY_CAST(x AS DOUBLE)) AS HUGEINT)
       ELSE TRY_CAST(x AS HUGEINT) END;
CREATE MACRO toInt64(x) AS TRY_CAST(whole(x) AS BIGINT);
CREATE MACRO toInt64OrNull(x) AS TRY_CAST(whole(x) AS BIGINT);
CREATE MACRO toInt64OrZero(x) AS coalesce(TRY_CAST(whole(x) AS BIGINT), 0);
CREATE MACRO toUInt64(x) AS TRY_CAST(whole(x) AS UBIGINT);
CREATE MACRO toFloat64OrZero(x) AS coalesce(TRY_CAST(x AS DOUBLE), 0);
CREATE MACRO toUUID(x) AS CAST(x AS UUID);
CREATE MACRO "isNull"(x) AS x IS NULL;
CREATE MACRO isNotNull(x) AS x IS NOT NULL;

-- Bytes of a text, items of a list.
CREATE MACRO strlen_or_list(x) AS
  CASE WHEN typeof(x) = 'VARCHAR' THEN strlen(CAST(x AS VARCHAR)) ELSE len(x) END;
CREATE MACRO empty(x) AS len(x) = 0;
CREATE MACRO notEmpty(x) AS len(x) > 0;
CREATE MACRO replaceRegexpOne(x, pattern, new) AS regexp_replace(x, pattern, new);
CREATE MACRO path(x) AS regexp_extract(x, '^(?:[a-z]+://[^/?#]+)?([^?#]*)', 1);
CREATE MACRO transform(x, old, new, other) AS coalesce(new[list_position(old, x)], other);

CREATE MACRO negate(x) AS -x;
CREATE MACRO less(x, y) AS x < y;
CREATE MACRO greater(x, y) AS x > y;
CREATE MACRO lessOrEquals(x, y) AS x <= y;
CREATE MACRO greaterOrEquals(x, y) AS x >= y;

CREATE MACRO sumIf(x, c) AS sum(x) FILTER (WHERE c);
CREATE MACRO countDistinct(x) AS count(DISTINCT x);
CREATE MACRO groupArray(x) AS coalesce(list(x) FILTER (WHERE x IS NOT NULL), []);
CREATE MACRO groupArrayIf(x, c) AS coalesce(list(x) FILTER (WHERE c AND x IS NOT NULL), []);
CREATE MACRO groupUniqArray(x) AS coalesce(list(DISTINCT x) FILTER (WHERE x IS NOT NULL), []);
CREATE MACRO groupUniqArrayIf(x, c) AS
  coalesce(list(DISTINCT x) FILTER (WHERE c AND x IS NOT NULL), []);
CREATE MACRO argMaxIf(x, y, c) AS arg_max(x, y) FILTER (WHERE c);
CREATE MACRO argMinIf(x, y, c) AS arg_min(x, y) FILTER (WHERE c);

CREATE MACRO indexOf(x, y) AS coalesce(list_position(x, y), 0);
CREATE MACRO lastTrue(x) AS
  CASE WHEN list_contains(x, true) THEN len(x) + 1 - list_position(list_reverse(x), true) ELSE 0 END;
CREATE MACRO arrayCount(x) AS len(list_filter(x, lambda v: v != 0));
CREATE MACRO arrayPushBack(x, y) AS list_append(x, y);
CREATE MACRO arrayPushFront(x, y) AS list_prepend(y, x);
CREATE MACRO arrayPopBack(x) AS x[:len(x) - 1];
CREATE MACRO arrayPopFront(x) AS x[2:];
CREATE MACRO arrayEnumerate(x) AS range(1, len(x) + 1);

CREATE MACRO tupleElement(t, n) AS struct_extract_at(t, n);
CREATE MACRO countEqual(x, y) AS len(list_filter(x, lambda v: v = y));
CREATE MACRO countDistinctIf(x, c) AS count(DISTINCT x) FILTER (WHERE c);
CREATE MACRO arrayResize(x, n, v := NULL) AS list_resize(x, n, v);
CREATE MACRO arrayZip(x, y) AS list_zip(x, y);
CREATE MACRO asJSON(x) AS CASE WHEN json_valid(CAST(x AS VARCHAR)) THEN CAST(CAST(x AS VARCHAR) AS JSON) END;
CREATE MACRO toJSONString(x) AS CAST(to_json(x) AS VARCHAR);
CREATE MACRO withoutNulls(x) AS map_from_entries(list_filter(map_entries(x), lambda e: e.value IS NOT NULL));
CREATE MACRO parseDateTimeBestEffort(t) AS
  coalesce(TRY_CAST(t AS TIMESTAMP), strptime(CAST(t AS VARCHAR), ['%d-%b-%Y', '%d %b %Y', '%d %B %Y', '%b %d %Y', '%d-%b-%Y %H:%M:%S', '%d %b %Y %H:%M:%S']));
