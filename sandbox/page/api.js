// The wire to the sandbox's server: calls that answer with JSON, and the live stream.

const RECONNECT_MS = [300, 1000, 2000, 4000];

/** A call the server refused, or that never reached it; `error` is the code, `text` what a person may read. */
export class Refused extends Error {
  constructor({ error, text, errors }) {
    super(error);
    this.error = error;
    this.text = text;
    this.errors = errors;
  }
}

async function answerOf(request) {
  let reply;
  try {
    reply = await (await request).json();
  } catch {
    throw new Refused({ error: "unreachable" });
  }
  if (reply.ok === false) throw new Refused(reply);
  return reply;
}

export function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return answerOf(fetch(`${path}?${new URLSearchParams(given)}`));
}

export function post(path, body) {
  return answerOf(fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }));
}

/** Take files to the sandbox; gives Slack's file objects. */
export async function upload(person, files) {
  const form = new FormData();
  form.append("as", person);
  for (const file of files) form.append("file", file, file.name);
  return (await answerOf(fetch("/ui/upload", { method: "POST", body: form }))).files;
}

/** Follow what happens; `opened` runs on every (re)connection. Returns a function that stops it. */
export function follow(person, { opened, heard, lost }) {
  let source = null;
  let timer = null;
  let failures = 0;
  let stopped = false;

  function connect() {
    source = new EventSource(`/ui/stream?${new URLSearchParams({ as: person })}`);
    source.onopen = () => {
      failures = 0;
      opened();
    };
    source.onmessage = (event) => heard(JSON.parse(event.data));
    source.onerror = () => {
      source.close();
      if (stopped) return;
      lost();
      timer = setTimeout(connect, RECONNECT_MS[Math.min(failures, RECONNECT_MS.length - 1)]);
      failures += 1;
    };
  }
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source.close();
  };
}
