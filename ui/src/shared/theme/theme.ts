// Maps tokens.css onto Mantine: it keeps no colour of its own. Parts are named, not imported,
// so that each is loaded where it is first used. Sizes `xs` = 22 px and `sm` = 28 px are the two control heights.
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

const accent = Array.from({ length: 10 }, () => "var(--accent)") as unknown as MantineColorsTuple;
const greys = [
  "var(--bg)",
  "var(--sunken)",
  "var(--hover)",
  "var(--line)",
  "var(--line-strong)",
  "var(--fg-deco)",
  "var(--fg-3)",
  "var(--fg-2)",
  "var(--fg)",
  "var(--fg)",
] as unknown as MantineColorsTuple;

const darks = [
  "var(--fg)",
  "var(--fg-2)",
  "var(--fg-3)",
  "var(--fg-deco)",
  "var(--line-strong)",
  "var(--press)",
  "var(--bg)",
  "var(--bg)",
  "var(--chrome)",
  "var(--sunken)",
] as unknown as MantineColorsTuple;

const variants: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === "down";
  const ink = danger ? "var(--down)" : "var(--fg)";
  switch (variant) {
    case "filled":
      return {
        background: danger ? "var(--down)" : "var(--accent)",
        hover: danger ? "var(--down)" : "color-mix(in srgb, var(--accent) 90%, var(--fg))",
        color: danger ? "var(--bg)" : "var(--accent-on)",
        border: "1px solid transparent",
      };
    case "subtle":
    case "transparent":
      return {
        background: "transparent",
        hover: "var(--hover)",
        color: danger ? ink : "var(--fg-2)",
        border: "1px solid transparent",
      };
    case "light":
      return {
        background: "var(--accent-soft)",
        hover: "var(--select)",
        color: "var(--accent)",
        border: "1px solid transparent",
      };
    default:
      return {
        background: "var(--bg)",
        hover: "var(--hover)",
        color: ink,
        border: "1px solid var(--line-strong)",
      };
  }
};

const heights: Record<string, string> = { xs: "22px", sm: "28px" };
const height = (size: unknown) => heights[String(size)] ?? "28px";
const input = { input: { fontSize: "12.5px", minHeight: "28px", height: "28px", lineHeight: "26px" } };
const field = {
  size: "sm",
  styles: {
    ...input,
    label: { fontSize: "12px", fontWeight: 420, color: "var(--fg-2)", marginBottom: 2 },
    description: { fontSize: "11.5px", color: "var(--fg-3)" },
    error: { fontSize: "11.5px", color: "var(--down)" },
  },
} as const;
const float = { shadow: "md", transitionProps: { duration: 80 } } as const;

export const theme = createTheme({
  fontFamily: "var(--font-ui)",
  fontFamilyMonospace: "var(--font-mono)",
  fontSizes: { xs: "11px", sm: "12.5px", md: "13px", lg: "15px", xl: "20px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "20px", xl: "26px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "3px", sm: "5px", md: "5px", lg: "8px", xl: "8px" },
  defaultRadius: "sm",
  primaryColor: "accent",
  primaryShade: 5,
  colors: { accent, gray: greys, dark: darks },
  shadows: { xs: "none", sm: "none", md: "var(--float)", lg: "var(--float)", xl: "var(--float)" },
  variantColorResolver: variants,
  respectReducedMotion: true,
  cursorType: "default",
  focusRing: "auto",
  components: {
    Button: {
      defaultProps: { size: "sm", variant: "default" },
      vars: (_theme: unknown, props: { size?: unknown; variant?: unknown }) => ({
        root: {
          "--button-height": height(props.size),
          "--button-fz": props.size === "xs" ? "11.5px" : "12.5px",
          "--button-padding-x": props.size === "xs" ? "7px" : props.variant === "subtle" ? "6px" : "10px",
        },
      }),
      styles: { root: { fontWeight: "var(--fw-mid)" }, section: { marginInlineEnd: 6 } },
    },
    ActionIcon: {
      defaultProps: { size: "sm", variant: "subtle" },
      vars: (_theme: unknown, props: { size?: unknown; variant?: unknown }) => ({
        root: { "--ai-size": height(props.size) },
      }),
    },
    SegmentedControl: {
      defaultProps: { size: "xs", withItemsBorders: false, transitionDuration: 0 },
      classNames: { root: "seg", label: "seg-label", indicator: "seg-indicator", control: "seg-control" },
    },
    Menu: {
      defaultProps: { ...float, offset: 4, position: "bottom-start" },
      classNames: { dropdown: "float", item: "menu-item", label: "menu-label", divider: "menu-divider" },
    },
    Notification: { classNames: { root: "toast" } },
    Popover: { defaultProps: { ...float, offset: 4 }, classNames: { dropdown: "float" } },
    Tooltip: {
      defaultProps: { openDelay: 350, withArrow: false, offset: 6, transitionProps: { duration: 60 } },
      classNames: { tooltip: "tooltip" },
    },
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 80 }, radius: "lg", shadow: "md" },
      classNames: {
        content: "modal",
        header: "modal-header",
        title: "modal-title",
        body: "modal-body",
        overlay: "modal-overlay",
      },
    },
    TextInput: { defaultProps: field },
    PasswordInput: {
      defaultProps: {
        size: "sm",
        styles: { ...field.styles, innerInput: { fontSize: "12.5px", height: "26px" } },
      },
    },
    NumberInput: { defaultProps: field },
    Textarea: {
      defaultProps: { size: "sm", styles: { input: { fontSize: "12.5px" }, label: { fontSize: "12px" } } },
    },
    Select: {
      defaultProps: { ...field, comboboxProps: { shadow: "md", offset: 4 }, allowDeselect: false },
      classNames: { dropdown: "float", option: "menu-item" },
    },
    Checkbox: {
      defaultProps: { size: "xs", styles: { label: { fontSize: "12.5px", paddingInlineStart: 8 } } },
    },
  },
});

const shared = {
  "--mantine-color-body": "var(--bg)",
  "--mantine-color-text": "var(--fg)",
  "--mantine-color-default": "var(--bg)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--fg)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-dimmed": "var(--fg-3)",
  "--mantine-color-placeholder": "var(--fg-3)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--down)",
  "--mantine-color-disabled": "var(--chrome)",
  "--mantine-color-disabled-color": "var(--fg-3)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--accent)",
  "--mantine-primary-color-contrast": "var(--accent-on)",
  "--mantine-color-accent-filled": "var(--accent)",
  "--mantine-color-accent-outline": "var(--accent)",
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
