/** Which browser a page or worker of the extension is in, by its own address. */
export const IS_FIREFOX = location.protocol === "moz-extension:";
