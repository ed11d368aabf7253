import { useEffect, useState } from "preact/hooks";

/** Whether something has been so without a pause for a time, in milliseconds. */
export function useLasting(now: boolean, milliseconds: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    setLasts(false);
    if (!now) return undefined;
    const timer = setTimeout(() => setLasts(true), milliseconds);
    return () => clearTimeout(timer);
  }, [now, milliseconds]);
  return now && lasts;
}
