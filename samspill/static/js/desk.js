// Starts what the desk needs on this page.
import "./dialogs.js";
import "./toasts.js";
import "./theme.js";
import "./copy.js";
import "./swaps.js";
import "./rows.js";
import "./thread.js";
import "./composer.js";
import "./prepared.js";
import "./original.js";
import "./presence.js";
import "./keys.js";
import "./sound.js";
import "./live.js";

document.body.dataset.ready = "";
