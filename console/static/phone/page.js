// The telephone page: buttons, keypad, captions and typing around one call at a time.

import { Sound } from "./audio.js";
import { Captions } from "./captions.js";
import { bytesOf, Connection } from "./connection.js";

const find = (id) => document.getElementById(id);
const phone = find("phone");
const keys = [...phone.querySelectorAll("[data-key]")];
const captions = new Captions(find("captions"));

const TROUBLES = {
  1006: "The line cannot be reached. Check that the server is running and your network is up, then call again.",
  1011: "The line failed. The call is in the log; please call again.",
  4401: "The line did not accept this sign-in. Reload the page, sign in and call again.",
  4429: "All lines are busy. Try again in a minute.",
};
const MISUNDERSTOOD = "This page and the line did not understand each other. Reload the page and call again.";

let connection = null;
let sound = null;
let begun = 0;

find("call").addEventListener("click", call);
find("hang-up").addEventListener("click", hangUp);
find("typing").addEventListener("submit", say);
for (const key of keys) key.addEventListener("click", () => press(key.dataset.key));
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (connection && !typing && !event.ctrlKey && !event.metaKey && /^[0-9*#]$/.test(event.key)) press(event.key);
});
window.addEventListener("pagehide", () => connection?.hangUp());
setInterval(() => begun && show("talking", `Connected ${length(Date.now() - begun)}`), 1000);

async function call() {
  begin();
  sound = new Sound({ onPiece: spoken, onMark: (name) => connection?.mark(name) });
  connection = new Connection({ ticket, on: events() });
  const mine = connection;
  try {
    await sound.open({ capture: phone.dataset.capture, playback: phone.dataset.playback });
    await mine.open(find("caller").value);
  } catch (error) {
    return mine === connection && end(error.staffWords ?? TROUBLES[1006]);
  }
  const refused = await sound.listen();
  if (mine === connection) find("microphone").textContent = refused ? `Microphone: ${refused}. You can type instead.` : "Microphone: on";
}

function events() {
  return {
    call: ({ call }) => connected(call),
    media: ({ media }) => sound.play(bytesOf(media.payload)),
    mark: ({ mark }) => sound.mark(mark.name),
    clear: () => sound.clear(),
    caption: ({ who, text }) => captions.add(who, text),
    transfer: ({ to }) => captions.add("note", `A telephone would now be connected to ${to}. Here nobody answers.`),
    end: ({ reason }) => reason === "failed" && trouble(TROUBLES[1011]),
    lost: () => {
      sound.clear(); // the line says its last sentence again
      show("lost", "Connection lost. Trying again…");
    },
    closed: (code) => lineClosed(code),
  };
}

function begin() {
  captions.clear();
  trouble("");
  show("calling", "Calling…");
  inCall(true);
  find("record").hidden = true;
  find("microphone").textContent = "Microphone: asking…";
}

function connected(id) {
  begun ||= Date.now();
  show("talking", `Connected ${length(Date.now() - begun)}`);
  const link = find("record").querySelector("a");
  link.href = `/calls/${encodeURIComponent(id)}`;
  find("record").hidden = false;
  for (const each of [...keys, ...find("typing").elements]) each.disabled = false;
  if (document.activeElement === find("state")) find("words").focus();
}

function spoken(bytes, peak) {
  connection?.sound(bytes);
  find("level").value = peak;
}

async function lineClosed(code) {
  const mine = connection;
  if (!mine) return;
  sound.release();
  if (code === 1000) await sound.quiet();
  if (mine === connection) end(code === 1000 ? "" : (TROUBLES[code] ?? MISUNDERSTOOD));
}

function hangUp() {
  connection?.hangUp();
  end("");
}

function end(words) {
  if (words) trouble(words);
  sound?.close();
  connection = sound = null;
  show("idle", begun ? `Call ended after ${length(Date.now() - begun)}` : "Ready to call");
  begun = 0;
  inCall(false);
  find("level").value = 0;
  find("microphone").textContent = "Microphone: off";
}

function inCall(yes) {
  find("call").disabled = find("caller").disabled = yes;
  find("hang-up").disabled = !yes;
  if (!yes) for (const each of [...keys, ...find("typing").elements]) each.disabled = true;
  find(yes ? "state" : "call").focus(); // not "hang up": a stray Enter must not end the call
}

function press(digit) {
  connection?.key(digit);
  captions.add("key", digit);
}

function say(event) {
  event.preventDefault();
  const words = find("words").value.trim();
  if (words) connection?.text(words);
  find("words").value = "";
}

async function ticket() {
  const answer = await fetch("/phone/ticket", { method: "POST", body: new URLSearchParams({ csrf: phone.dataset.csrf }) });
  if (answer.ok) return (await answer.json()).ticket;
  throw Object.assign(new Error("no ticket"), { staffWords: TROUBLES[4401] });
}

function show(state, words) {
  find("state").dataset.state = state;
  find("state").textContent = words;
}

function trouble(words) {
  find("trouble").textContent = words;
  find("trouble").hidden = !words;
}

function length(ms) {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
