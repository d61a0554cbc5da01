// Typed values as the server takes them: plain strings, numbers, ids and lists (page_api.md, "Values").

const PLAIN = {
  selected_option: (option, type) => (option ? (type.includes("external") ? option : option.value) : null),
  selected_options: (options, type) => options.map((option) => (type.includes("external") ? option : option.value)),
  files: (files) => files.map(({ id }) => id),
};

export function plainValue(value) {
  const [[key, held]] = Object.entries(value).filter(([name]) => name !== "type");
  return PLAIN[key] ? PLAIN[key](held, value.type) : held;
}

export function plainValues(values) {
  return Object.fromEntries(
    Object.entries(values).map(([block, actions]) => [block, Object.fromEntries(Object.entries(actions).map(([action, value]) => [action, plainValue(value)]))]),
  );
}
