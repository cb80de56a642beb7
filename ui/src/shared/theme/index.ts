// The look: tokens.css (both schemes), the Mantine theme mapped onto them, icons, and the small parts' classes in base.css.
export { Icon } from "./Icon";
export { type IconName, iconPaths } from "./iconPaths";
export { cssVariablesResolver, theme } from "./theme";
