// The address keeps who I am and where I am: #/as/U1/C1, #/as/U1/C1/t/<thread>, #/as/U1/C1/m/<message>, #/as/U1/home.

export function parseRoute(hash) {
  const [, as, place, kind, ts, more, second] = hash.replace(/^#\/?/, "/").split("/").slice(1).map(decodeURIComponent);
  const named = { [kind]: ts, [more]: second };
  return { as: as || null, place: place || null, thread: named.t || null, message: named.m || null };
}

export function hrefTo({ as, place, thread, message }) {
  return `#/as/${as}${place ? `/${place}` : ""}${thread ? `/t/${thread}` : ""}${message ? `/m/${message}` : ""}`;
}

export function go(route, { replace = false } = {}) {
  const href = hrefTo(route);
  if (!replace) location.hash = href;
  else {
    history.replaceState(null, "", href);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }
}

/** A permalink (/archives/C1/p1758504600000100?thread_ts=…) as a route, or null. */
export function fromPermalink({ pathname, search }) {
  const found = /^\/archives\/(\w+)(?:\/p(\d+)(\d{6}))?/.exec(pathname);
  if (!found) return null;
  const thread = new URLSearchParams(search).get("thread_ts");
  return { place: found[1], thread, message: found[2] ? `${found[2]}.${found[3]}` : null };
}
