// Draw a component again only when what it is given changes; long channels stay quick.

import { Component, h } from "./vendor/htm-preact.module.js";

function same(left, right) {
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key]);
}

export function memo(Drawn) {
  return class extends Component {
    shouldComponentUpdate(next) {
      return !same(this.props, next);
    }

    render(props) {
      return h(Drawn, props);
    }
  };
}
