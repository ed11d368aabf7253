/** What runs in the panel: functions that close over nothing. Times are in milliseconds, moments since the epoch. */

declare global {
  interface Window {
    painted?: Record<string, Promise<number>>;
  }
}

/** Promises, in `window.painted`, when an element with a text is first painted: after the frame in which it is in the document. */
export function atPaint(name: string, selector: string, text: string): void {
  const isThere = (): boolean => document.querySelector(selector)?.textContent?.includes(text) === true;
  const time = new Promise<number>((resolve) => {
    const afterPaint = (): void =>
      void requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
        port2.postMessage(null);
      });
    if (isThere()) return afterPaint();
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      afterPaint();
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  });
  window.painted = { ...window.painted, [name]: time };
}

/** Every request is a line. */
export async function showEverything(): Promise<void> {
  const buttons = document.querySelectorAll<HTMLButtonElement>(".switch button");
  buttons[buttons.length - 1]?.click();
  const grouped = document.querySelector<HTMLInputElement>("input[name=grouped]");
  if (grouped?.checked) grouped.click();
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)));
}

/** Switches from the blocked requests to all: how long until they are painted. */
export async function timeToAll(): Promise<number> {
  const buttons = document.querySelectorAll<HTMLButtonElement>(".switch button");
  const started = performance.now();
  buttons[buttons.length - 1]?.click();
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  return performance.now() - started;
}

/** Scrolls to the last line. */
export async function toTheEnd(): Promise<void> {
  const list = document.querySelector(".list");
  if (list !== null) list.scrollTop = list.scrollHeight;
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
}

/** Scrolls from end to end, a step a frame: how long each frame took. */
export async function frameGaps(frames: number): Promise<number[]> {
  const list = document.querySelector(".list");
  if (list === null) throw new Error("there is no list");
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  list.scrollTop = 0;
  await nextFrame();
  await nextFrame();
  const gaps: number[] = [];
  const length = list.scrollHeight - list.clientHeight;
  let before = await nextFrame();
  for (let step = 1; step <= frames; step++) {
    list.scrollTop = (step / frames) * length;
    const time = await nextFrame();
    gaps.push(time - before);
    before = time;
  }
  return gaps;
}

/** Types a text into the filter and deletes it again: how long each letter took, from the event to after its paint. */
export async function filterTimes(text: string): Promise<number[]> {
  const input = document.querySelector<HTMLInputElement>(".filter");
  if (input === null) throw new Error("there is no filter");
  const typed = Array.from(text, (_, index) => text.slice(0, index + 1));
  const times: number[] = [];
  for (const value of [...typed, ...typed.toReversed(), ""]) {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    const started = performance.now();
    input.value = value;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await new Promise<void>((resolve) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    }));
    times.push(performance.now() - started);
  }
  return times;
}

/** How long the longest of the frames of so long a time took. */
export async function longestFrame(milliseconds: number): Promise<number> {
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const started = await nextFrame();
  let [before, longest] = [started, 0];
  while (before < started + milliseconds) {
    const time = await nextFrame();
    longest = Math.max(longest, time - before);
    before = time;
  }
  return longest;
}
