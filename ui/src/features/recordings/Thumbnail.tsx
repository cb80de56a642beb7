// A small picture of a recording; where none can be made, an empty frame of the same size.
import { useState } from "react";
import { Icon } from "../../shared/theme";
import { useThumbnail } from "./thumbnails";

export function Thumbnail({ id, large }: { id: string; large?: boolean }) {
  const url = useThumbnail(id);
  const [broken, setBroken] = useState<string | null>(null);
  return (
    <span className={large ? "thumb thumb-large" : "thumb"} aria-hidden="true">
      {url !== null && url !== broken ? (
        <img src={url} alt="" loading="lazy" decoding="async" onError={() => setBroken(url)} />
      ) : (
        <Icon name="recordings" size={large ? 16 : 12} />
      )}
    </span>
  );
}
