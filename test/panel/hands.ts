import type { Shown } from "./shown.ts";

/** Events as a mouse and a keyboard make them. The focus goes where the browser would put it. */

/**
 * Clicks the control with a name: a button, a checkbox, or a link.
 * @throws if there is none, more than one, or if it can't be clicked
 */
export function click({ evaluate }: Shown, name: string): Promise<void> {
  return evaluate((wanted) => {
    const nameOf = (element: Element): string =>
      (element.getAttribute("aria-label") ?? element.closest("label")?.textContent ?? element.textContent ?? "").trim();
    const found = [...document.querySelectorAll<HTMLElement>("button, input, a, summary")].filter((element) => nameOf(element) === wanted);
    const [target] = found;
    if (target === undefined || found.length > 1) throw new Error(`${found.length} controls are called ${wanted}`);
    if (target.matches(":disabled")) throw new Error(`${wanted} is disabled`);
    if (target.getClientRects().length === 0) throw new Error(`${wanted} can't be seen`);
    const press = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
    if (target.dispatchEvent(press)) target.focus();
    target.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    target.click();
  }, name);
}

/**
 * Clicks a row of the list, and waits until it is explained.
 * @param address a part of its address
 * @throws if no row in sight has it
 */
export function clickRow({ evaluate }: Shown, address: string): Promise<void> {
  return evaluate(async (wanted) => {
    const list = document.querySelector<HTMLElement>(".list");
    const find = (): Element | undefined =>
      [...document.querySelectorAll(".cell-url[title]")].find((cell) => cell.getAttribute("title")?.endsWith(`/${wanted}`));
    for (let top = 0; list !== null && find() === undefined && top < list.scrollHeight; top += 240) {
      list.scrollTop = top;
      list.dispatchEvent(new Event("scroll"));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const cell = find();
    if (cell === undefined) throw new Error(`no row has ${wanted}`);
    if (cell.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }))) list?.focus();
    cell.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    cell.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    // Its code is loaded once the list is painted, which takes a loaded machine a while.
    const end = Date.now() + 10_000;
    do await new Promise((resolve) => setTimeout(resolve, 20));
    while (document.querySelector(".detail") === null && Date.now() < end);
    if (document.querySelector(".detail") === null) throw new Error(`${wanted} isn't explained`);
  }, address);
}

/** Presses keys, one after the other, wherever the focus is. */
export function press({ evaluate }: Shown, ...keys: readonly string[]): Promise<void> {
  return evaluate(async (wanted) => {
    for (const key of wanted) {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      target.dispatchEvent(new KeyboardEvent("keyup", { key, bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }, keys);
}

/** Presses one key with others held, wherever the focus is: Ctrl, or what is said. */
export function pressWith({ evaluate }: Shown, key: string, held: { readonly ctrlKey?: boolean; readonly shiftKey?: boolean } = { ctrlKey: true }): Promise<boolean> {
  return evaluate(
    async (wanted, others) => {
      const target = document.activeElement ?? document.body;
      const code = /^[a-z]$/i.test(wanted) ? `Key${wanted.toUpperCase()}` : "";
      // Chrome's DevTools look at the number.
      const keyCode = wanted === "Escape" ? 27 : 0;
      const used = !target.dispatchEvent(new KeyboardEvent("keydown", { key: wanted, code, keyCode, ...others, bubbles: true, cancelable: true }));
      await new Promise((resolve) => setTimeout(resolve, 30));
      return used;
    },
    key,
    held,
  );
}

/** Types a text over what the filter has. */
export function filterBy({ evaluate }: Shown, text: string): Promise<void> {
  return evaluate(async (wanted) => {
    const input = document.querySelector<HTMLInputElement>(".filter");
    if (input === null) throw new Error("there is no filter");
    input.focus();
    input.value = wanted;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }, text);
}

/** Where the focus is: the accessible name, else the class. */
export function focused({ evaluate }: Shown): Promise<string> {
  return evaluate(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) return "nowhere";
    return (activeElement.getAttribute("aria-label") ?? activeElement.textContent ?? "").trim() || activeElement.className;
  });
}
