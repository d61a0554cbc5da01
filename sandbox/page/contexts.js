// What every part of the page may know without being handed it: who looks, and on which surface a block stands.

import { createContext, useContext } from "./vendor/htm-preact.module.js";

/** Who looks: { me, locale, zone, users, channels, groups, now(), t(key, values) }. */
export const Viewer = createContext(null);

/** Where a block stands: { kind, prefix, values, errors, setValue(), fire(), options(), upload() }. */
export const Surface = createContext(null);

export const useViewer = () => useContext(Viewer);
export const useSurface = () => useContext(Surface);
