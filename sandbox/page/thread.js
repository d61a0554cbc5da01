// A thread beside its channel: the message, what was answered, and a box to answer in.

import { html, useEffect, useRef } from "./vendor/htm-preact.module.js";
import { Composer } from "./composer.js";
import { useViewer } from "./contexts.js";
import { loadList } from "./events.js";
import { Message } from "./message.js";
import { Rows, useFollowing } from "./messages.js";
import { channelTitle } from "./people.js";
import { go } from "./route.js";
import { listKey } from "./store.js";

export function ThreadPanel({ channel, thread, lists, lit }) {
  const viewer = useViewer();
  const box = useRef(null);
  const list = lists[listKey(channel.id, thread)];
  const [parent, ...replies] = list?.messages || [];
  const { onScroll } = useFollowing(box, list?.messages || [], lit);
  const title = channelTitle(channel, viewer);
  const close = () => go({ as: viewer.me, place: channel.id });
  useEffect(() => {
    if (!list) loadList(channel.id, thread);
  }, [viewer.me, channel.id, thread, !list]);
  const replied = replies.filter(({ ephemeral }) => !ephemeral).length;
  const onKey = (event) => event.key === "Escape" && !event.defaultPrevented && close();
  return html`<aside class="thread" aria-label=${viewer.t("thread")} onKeyDown=${onKey}>
    <header class="place-head"><h2>${viewer.t("thread")}</h2><span class="quiet">${channel.is_im ? title : `#${title}`}</span><button type="button" class="icon" aria-label=${viewer.t("thread_close")} onClick=${close}>×</button></header>
    <div class="messages" role="log" aria-label=${viewer.t("thread")} tabindex="0" ref=${box} onScroll=${onScroll}>
      <div class="messages-inner">
        ${parent && html`<${Message} channel=${channel.id} message=${parent} inThread=${true} lit=${lit === parent.ts} />`}
        ${parent && html`<div class="day thread-count"><span>${viewer.t("message.replies", { n: replied })}</span></div>`}
        <${Rows} channel=${channel.id} messages=${replies} inThread=${true} lit=${lit} />
        ${list && !parent && html`<p class="empty">${viewer.t("message.gone")}</p>`}
      </div>
    </div>
    ${!channel.is_archived && (channel.is_im || channel.is_member) && html`<${Composer} key=${`${viewer.me}/${thread}`} channel=${channel.id} thread=${thread} broadcastTo=${channel.is_im ? null : `#${title}`} />`}
  </aside>`;
}
