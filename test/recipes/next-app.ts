import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a Next.js app in TypeScript needs. */
export const NEXT = { next: "^16", react: "^19", "react-dom": "^19", typescript: "^5", "@types/node": "^24", "@types/react": "^19" };

/** Writes an app with one page. */
export function writeNextApp(folder: string): void {
  const app = join(folder, "app");
  mkdirSync(app, { recursive: true });
  // Or it finds ours, further out.
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { jsx: "react-jsx", jsxImportSource: "react", strict: true } }));
  writeFileSync(join(app, "layout.tsx"), 'import type { ReactNode } from "react";\n\nexport default function Layout({ children }: { children: ReactNode }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n');
  writeFileSync(join(app, "page.tsx"), "export default function Page() {\n  return <p>page</p>;\n}\n");
}
