// Keeps parts of a page current. A part is any element with data-live: the address of its event stream, which
// sends the part's inside again whenever it has changed. Without JavaScript the page still shows what there was.

import { redraw } from "./redraw.js";

for (const part of document.querySelectorAll("[data-live]")) follow(part);

function follow(part) {
  let stream = null;

  const open = () => {
    stream = new EventSource(part.dataset.live);
    stream.addEventListener("part", (event) => redraw(part, event.data));
    stream.addEventListener("signed-out", () => location.reload());
    // A stream that was refused is not tried again by the browser; the page itself can say why.
    stream.addEventListener("error", () => {
      if (stream?.readyState === EventSource.CLOSED) location.reload();
    });
  };
  const close = () => {
    stream?.close();
    stream = null;
  };

  // Browsers allow few streams at once to one host: only pages that are looked at hold one.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : stream ?? open()));
  window.addEventListener("pagehide", close);
  if (!document.hidden) open();
}
