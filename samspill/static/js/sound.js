// A soft sound for new messages, off until somebody turns it on.
const KEY = "sound";
const isOn = () => localStorage.getItem(KEY) === "on";

function show() {
  for (const button of document.querySelectorAll("[data-sound-switch]")) button.setAttribute("aria-pressed", isOn());
}

export function ping() {
  if (!isOn()) return;
  const audio = new AudioContext();
  const volume = new GainNode(audio, { gain: 0.08 });
  const tone = new OscillatorNode(audio, { frequency: 660 });
  tone.connect(volume).connect(audio.destination);
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.35);
  tone.start();
  tone.stop(audio.currentTime + 0.4);
  tone.addEventListener("ended", () => audio.close());
}

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-sound-switch]")) return;
  localStorage.setItem(KEY, isOn() ? "off" : "on");
  show();
  ping();
});
show();
