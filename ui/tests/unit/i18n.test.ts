// Both languages say the same things with the same arguments, and nothing of it is empty or left in English by accident.
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { detectLanguage, resolveLanguage } from "../../src/i18n";
import en from "../../src/i18n/en";
import zh from "../../src/i18n/zh-CN";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, path = "", into = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(tree)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") into.set(at, value);
    else flatten(value, at, into);
  }
  return into;
}

function argumentsOf(elements: MessageFormatElement[], into = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    if (element.type === TYPE.tag) {
      into.add(`<${element.value}>`);
      argumentsOf(element.children, into);
      continue;
    }
    into.add(element.value);
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      for (const option of Object.values(element.options)) argumentsOf(option.value, into);
    }
  }
  return into;
}

const english = flatten(en as unknown as Tree);
const chinese = flatten(zh as unknown as Tree);

describe("the catalogues", () => {
  it("have the same keys in both languages", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("take the same arguments in both languages, and every message can be read as ICU", () => {
    const differing: string[] = [];
    for (const [key, text] of english) {
      const left = [...argumentsOf(parse(text))].sort().join(", ");
      const right = [...argumentsOf(parse(chinese.get(key) ?? ""))].sort().join(", ");
      if (left !== right)
        differing.push(`${key}: en takes ${left || "nothing"}, zh-CN takes ${right || "nothing"}`);
    }
    expect(differing).toEqual([]);
  });

  it("say something everywhere", () => {
    const empty = [...english, ...chinese].filter(([, text]) => text.trim() === "").map(([key]) => key);
    expect(empty).toEqual([]);
  });

  it("are written in Chinese where words are words", () => {
    const sameAllowed = /^[\s\d{}\p{P}\p{S}A-Za-z]*$/u;
    const untranslated = [...english]
      .filter(
        ([key, text]) =>
          chinese.get(key) === text && /[a-z]{4,}/.test(text.replaceAll(/\{[^}]*\}|<[^>]*>/g, "")),
      )
      .filter(([, text]) => sameAllowed.test(text))
      .map(([key]) => key);
    // Names and formats that are the same in both.
    expect(
      untranslated.filter((key) => !/(utc|size|bytes|hash|codec|mongo|redis|url|id|format)/i.test(key)),
    ).toEqual([]);
  });
});

describe("the language at first start", () => {
  it("is the first of the system's that we have", () => {
    expect(detectLanguage(["fr-FR", "zh-Hant-TW", "en"])).toBe("zh-CN");
    expect(detectLanguage(["de", "en-GB", "zh"])).toBe("en");
    expect(detectLanguage(["de"])).toBe("en");
  });

  it("is what was chosen, whatever the system says", () => {
    expect(resolveLanguage("zh-CN")).toBe("zh-CN");
  });
});
