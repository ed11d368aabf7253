/** The only door to the browser's API. */
import browser from "webextension-polyfill";
export default browser;
