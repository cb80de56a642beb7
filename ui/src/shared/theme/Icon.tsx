// One icon. Always beside a word, or inside a control that has a name and a tooltip: so it is hidden from screen readers.
import { type IconName, iconPaths } from "./iconPaths";

type IconProps = { name: IconName; size?: 12 | 13 | 14 | 16; className?: string };

export function Icon({ name, size = 16, className }: IconProps) {
  return (
    <svg
      className={className ? `icon ${className}` : "icon"}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={iconPaths[name]} />
    </svg>
  );
}
