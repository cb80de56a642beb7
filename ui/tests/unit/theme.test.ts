// Every Mantine part that is used has its sheet; every colour comes from the tokens, in both schemes, readable on every surface.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = process.cwd();
const read = (path: string) => readFileSync(join(root, path), "utf8");

function sources(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return sources(path);
    return /\.(tsx?|css)$/.test(name) ? [path] : [];
  });
}

function tokens(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map(([, name = "", value = ""]) => [name, value]),
  );
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe("the theme", () => {
  it("has the sheet of every Mantine part in use", () => {
    const sheet = read("src/shared/theme/mantine.css");
    const missing = new Set<string>();
    for (const path of sources("src").filter((one) => one.endsWith(".tsx"))) {
      for (const [, names = ""] of read(path).matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)) {
        for (const name of names
          .split(",")
          .map((one) => one.trim())
          .filter((one) => /^[A-Z]/.test(one))) {
          const own = `node_modules/@mantine/core/styles/${name}.css`;
          if (statSync(join(root, own), { throwIfNoEntry: false }) && !sheet.includes(`styles/${name}.css`))
            missing.add(name);
        }
      }
    }
    expect([...missing]).toEqual([]);
  });

  it("keeps colours in the tokens alone", () => {
    const strays = sources("src")
      .filter((path) => !path.endsWith("tokens.css") && !path.includes("profileForm"))
      .filter((path) => /:\s*#[0-9a-f]{3,8}\b/i.test(read(path).replaceAll(/\/\*.*?\*\/|\/\/.*$/gms, "")));
    // Drawn against the profile's frame and against a picture, not against a surface of ours.
    expect(
      strays.filter(
        (path) =>
          ![
            "src/app/shell.css",
            "src/shared/player/player.css",
            "src/features/recordings/recordings.css",
          ].includes(path),
      ),
    ).toEqual([]);
  });

  const css = read("src/shared/theme/tokens.css");
  const [light = "", dark = ""] = css.split('[data-mantine-color-scheme="dark"]');
  it.each([
    ["light", tokens(light)],
    ["dark", new Map([...tokens(light), ...tokens(dark)])],
  ])("can be read on every surface, %s", (_scheme, colours) => {
    const poor: string[] = [];
    for (const surface of ["bg", "chrome", "sunken", "hover"]) {
      for (const ink of ["fg", "fg-2", "fg-3", "accent", "up", "warn", "down"]) {
        const ratio = contrast(colours.get(ink) ?? "#000000", colours.get(surface) ?? "#000000");
        if (ratio < 4.5) poor.push(`${ink} on ${surface}: ${ratio.toFixed(2)}`);
      }
    }
    expect(poor).toEqual([]);
  });
});
