// Changes what is on the page into new HTML from our own server, touching only what differs: what somebody has
// unfolded stays unfolded, what has the focus keeps it, and screen readers hear only what is new.

export function redraw(part, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  children(part, fresh);
}

function children(old, fresh) {
  let place = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const match = counterpart(old, place, wanted);
    if (!match) {
      old.insertBefore(arrived(document.importNode(wanted, true)), place);
      continue;
    }
    if (match !== place) old.insertBefore(match, place);
    place = match.nextSibling;
    update(match, wanted);
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

// The node on the page that stands for this new one: the one with its id, or else the next one of its kind.
function counterpart(old, place, wanted) {
  if (wanted.id) return [...old.children].find((child) => child.id === wanted.id && child.nodeName === wanted.nodeName);
  return place && !place.id && place.nodeName === wanted.nodeName ? place : null;
}

function update(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) {
    const mine = name === "open" && old.nodeName === "DETAILS"; // unfolded by the reader
    if (!fresh.hasAttribute(name) && !mine) old.removeAttribute(name);
  }
  children(old, fresh);
}

function arrived(node) {
  if (node.id) node.classList.add("arrived");
  return node;
}
