import { useEffect, useRef, useState } from "preact/hooks";
import type { FileContent } from "../../../src/shown.ts";
import { type ReadProblem, readFile } from "./file-reader.ts";

/** A file that is being read. */
export interface Reading {
  readonly name: string;
  readonly size: number;
  /** How many bytes of it were read. */
  readonly bytes: number;
}

/** What became of the last attempt, as far as the user has to know. */
export interface Refused {
  readonly name: string;
  /** Null: it was opened, or is being read; only the others weren't. */
  readonly problem: ReadProblem | null;
  /** Files that came with it: one can be open at a time. */
  readonly others: readonly string[];
}

/** How files get in. */
export interface Import {
  readonly reading: Reading | null;
  readonly refused: Refused | null;
  /** Reads the first of some files. */
  readonly open: (files: readonly File[]) => void;
  readonly cancel: () => void;
  readonly dismiss: () => void;
}

/** Reads one file at a time: a newer one takes the place of one that is still being read. */
export function useImport(onContent: (content: FileContent) => void): Import {
  const [reading, setReading] = useState<Reading | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const stop = useRef<(() => void) | null>(null);
  const latest = useRef(onContent);
  latest.current = onContent;
  useEffect(() => () => stop.current?.(), []);
  // What reads a file has all that it read.
  const ended = (): void => {
    stop.current = null;
    setReading(null);
  };
  const cancel = (): void => {
    stop.current?.();
    ended();
    setRefused(null);
  };
  const open = ([file, ...more]: readonly File[]): void => {
    if (file === undefined) return;
    cancel();
    const { name, size } = file;
    const others = more.map((each) => each.name);
    setReading({ name, size, bytes: 0 });
    if (others.length > 0) setRefused({ name, problem: null, others });
    stop.current = readFile(file, {
      onProgress: (bytes) => setReading({ name, size, bytes }),
      onContent: (content) => {
        ended();
        latest.current(content);
      },
      onProblem: (problem) => {
        ended();
        setRefused({ name, problem, others });
      },
    });
  };
  return { reading, refused, open, cancel, dismiss: () => setRefused(null) };
}
