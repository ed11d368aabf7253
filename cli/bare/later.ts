/** What the language has had since ES2021 and `src/` calls, for engines that are older: BigQuery doesn't tell which it runs. */
import "core-js/actual/array/at.js";
import "core-js/actual/array/find-last.js";
import "core-js/actual/array/find-last-index.js";
import "core-js/actual/array/to-reversed.js";
import "core-js/actual/array/to-sorted.js";
import "core-js/actual/array/to-spliced.js";
import "core-js/actual/array/with.js";
import "core-js/actual/object/has-own.js";
import "core-js/actual/string/replace-all.js";
