// What is said, written down while it is said.

export class Captions {
  constructor(list) {
    this.list = list;
  }

  clear() {
    this.list.replaceChildren();
  }

  add(who, words) {
    const last = this.list.lastElementChild;
    if (last?.dataset.who === who && who === "line") return this.write(last, words);
    const bubble = document.createElement("li");
    bubble.dataset.who = who;
    const name = document.createElement("span");
    name.className = "unseen";
    name.textContent = { line: "The line: ", caller: "You: " }[who] ?? "";
    bubble.append(name);
    this.list.append(bubble);
    this.write(bubble, words);
  }

  // Words of callers and of the line are text, never markup.
  write(bubble, words) {
    const line = document.createElement("p");
    line.textContent = words;
    bubble.append(line);
    this.list.scrollTop = this.list.scrollHeight;
  }
}
