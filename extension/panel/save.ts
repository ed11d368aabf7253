/** Saves a file where the browser puts downloads. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Firefox begins to read the file only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** This moment, as it may stand in the name of a file on every system. */
export function timeForName(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(":", "-");
}
