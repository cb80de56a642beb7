// A person's picture from S3; without one, or when it does not load, their initials.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { User } from "../../ipc";
import { avatarQuery } from "./queries";
import { initials, personName } from "./words";

export function Avatar({ user, size }: { user: User; size: number }) {
  const { data: url } = useQuery(avatarQuery(user.id));
  const [broken, setBroken] = useState<string | null>(null);
  const style = { width: size, height: size, fontSize: Math.round(size * 0.36) };
  if (url && url !== broken) {
    return <img className="avatar" style={style} src={url} alt="" onError={() => setBroken(url)} />;
  }
  return (
    <span className="avatar avatar-letters" style={style} aria-hidden="true">
      {initials(personName(user))}
    </span>
  );
}
