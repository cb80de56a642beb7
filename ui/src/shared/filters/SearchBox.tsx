// The search box of a list. Waits for a pause in typing, and for the input method to be done: half a Chinese word is never searched for.
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isComposing } from "../hooks";
import { Icon } from "../theme";
import { searchText } from "./chips";

const PAUSE_MS = 220;

type SearchBoxProps = {
  value: string;
  placeholder: string;
  onSearch: (text: string) => void;
  /** Enter or arrow down: on to the list. */
  onLeave?: () => void;
  inputRef?: RefObject<HTMLInputElement | null>;
};

export function SearchBox({ value, placeholder, onSearch, onLeave, inputRef }: SearchBoxProps) {
  const { t } = useTranslation("grid");
  const [text, setText] = useState(value);
  const [given, setGiven] = useState(value);
  const composing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const own = useRef<HTMLInputElement>(null);
  const input = inputRef ?? own;
  if (given !== value) {
    setGiven(value);
    if (searchText(text) !== value) setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const send = (next: string) => {
    clearTimeout(timer.current);
    const sent = searchText(next);
    if (sent !== value) onSearch(sent);
  };
  const later = (next: string) => {
    clearTimeout(timer.current);
    if (!composing.current) timer.current = setTimeout(() => send(next), PAUSE_MS);
  };

  return (
    <span className="search-box" role="search">
      <Icon name="search" size={14} />
      <input
        ref={input}
        type="text"
        value={text}
        placeholder={placeholder}
        aria-label={placeholder}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          later(event.target.value);
        }}
        onCompositionStart={() => {
          composing.current = true;
          clearTimeout(timer.current);
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          later(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (composing.current || isComposing(event.nativeEvent)) return;
          if (event.key === "Enter" || event.key === "ArrowDown") {
            event.preventDefault();
            send(text);
            onLeave?.();
          } else if (event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            if (text === "") onLeave?.();
            setText("");
            send("");
          }
        }}
      />
      {text === "" ? (
        <kbd>/</kbd>
      ) : (
        <button
          type="button"
          className="chip-x"
          aria-label={t("clearSearch")}
          onClick={() => {
            setText("");
            send("");
            input.current?.focus();
          }}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  );
}
