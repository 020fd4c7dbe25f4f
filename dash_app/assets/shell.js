// Addresses, keys and the drawer: what every page does without asking the server.
(function () {
  "use strict";
  var root = document;
  var pending = null; // where to scroll once the page of an earlier address is drawn
  var last = null; // the firm whose drawer was open last

  function one(selector) { return root.querySelector(selector); }
  function all(selector) { return Array.from(root.querySelectorAll(selector)); }
  function isPlain(event) {
    return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  }
  function isTyping(target) { return target.closest("input, textarea, select, [contenteditable]") !== null; }

  // The address: Dash's location listens to this event, as for its own links.
  function go(href, state, isReplaced) {
    if (isReplaced) history.replaceState(state, "", href);
    else { keepPlace(); history.pushState(state, "", href); }
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }
  function keepPlace() { history.replaceState(Object.assign({}, history.state, { y: window.scrollY }), ""); }
  function withFirm(firm) {
    var url = new URL(location.href);
    if (firm) url.searchParams.set("firm", firm); else url.searchParams.delete("firm");
    return url.pathname + url.search;
  }

  // The drawer: opened over the page, so that the list behind it keeps its place.
  function openFirm() { return new URL(location.href).searchParams.get("firm"); }
  function show(firm) {
    var isOpen = openFirm() !== null;
    go(withFirm(firm), Object.assign({}, history.state, { drawer: isOpen ? (history.state || {}).drawer : true }), isOpen);
  }
  function close() {
    if ((history.state || {}).drawer) history.back(); else go(withFirm(null), history.state, true);
  }
  function links() { return all("main a[data-firm]").filter(function (link) { return link.offsetParent !== null; }); }
  function step(by) {
    var list = links(), open = openFirm();
    var here = open ? list.findIndex(function (link) { return link.dataset.firm === open; }) : list.indexOf(root.activeElement);
    var next = list[Math.min(Math.max(here + by, 0), list.length - 1)];
    if (!next) return;
    next.scrollIntoView({ block: "nearest" });
    if (open) { if (next.dataset.firm !== open) show(next.dataset.firm); } else next.focus();
  }
  function drawn() {
    var panel = one("#drawer aside");
    mark(panel ? openFirm() : null);
    if (panel) {
      last = openFirm();
      one("#drawer h2").focus({ preventScroll: true });
    } else if (last) {
      var link = one('main a[data-firm="' + CSS.escape(last) + '"]');
      if (link) { link.focus({ preventScroll: true }); link.scrollIntoView({ block: "nearest" }); }
      last = null;
    }
  }
  function mark(firm) {
    all("main .is-open").forEach(function (row) { row.classList.remove("is-open"); });
    var link = firm && one('main a[data-firm="' + CSS.escape(firm) + '"]');
    if (link && link.closest("tr")) link.closest("tr").classList.add("is-open");
  }

  // Copying works without https too, where the clipboard of the browser is shut.
  function copy(button) {
    var text = one(button.dataset.copy).innerText;
    function done() { button.textContent = button.dataset.done; }
    function byHand() {
      var area = root.createElement("textarea");
      area.value = text;
      root.body.append(area);
      area.select();
      root.execCommand("copy");
      area.remove();
      button.focus();
      done();
    }
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand); else byHand();
  }

  var actions = {
    close: close,
    next: function () { step(1); },
    previous: function () { step(-1); },
    print: function () { window.print(); },
    keys: function () { one("#keys").showModal(); },
    "close-keys": function () { one("#keys").close(); },
    toggle: function (button) {
      var part = root.getElementById(button.getAttribute("aria-controls"));
      button.setAttribute("aria-expanded", String(part.classList.toggle("is-open")));
    },
    copy: copy,
  };
  root.addEventListener("click", function (event) {
    var button = event.target.closest("[data-act]");
    if (button) return actions[button.dataset.act](button);
    var link = event.target.closest("a[href]");
    if (!link || !isPlain(event) || event.defaultPrevented) return;
    if (link.dataset.firm) { event.preventDefault(); show(link.dataset.firm); }
    else if ("go" in link.dataset) { event.preventDefault(); go(link.getAttribute("href"), {}, false); pending = "keep" in link.dataset ? window.scrollY : 0; }
  });

  // A form without a callback becomes an address.
  root.addEventListener("submit", function (event) {
    if (!("go" in event.target.dataset)) return;
    event.preventDefault();
    var sent = new URLSearchParams();
    new FormData(event.target).forEach(function (value, name) { if (value !== "") sent.append(name, value); });
    go(event.target.getAttribute("action") + "?" + sent, {}, false);
  });

  var keys = {
    "/": function () { var box = one("main input[type=search]") || one("main input[type=text]"); if (box) { box.focus(); box.select(); } },
    ArrowDown: actions.next, j: actions.next,
    ArrowUp: actions.previous, k: actions.previous,
    e: function () { var link = one("main a[data-export], main .downloads a"); if (link) link.click(); },
    "?": actions.keys,
  };
  root.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && openFirm() && !one("dialog[open]")) return close();
    var isInList = event.target === root.body || event.target.closest("a, h2, main, aside");
    if (isTyping(event.target) || one("dialog[open]") || !isInList || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  window.addEventListener("popstate", function (event) { pending = (event.state || {}).y; });
  window.addEventListener("pagehide", keepPlace);
  function drawnPage() {
    var title = one("#page h1");
    if (title) root.title = title.innerText + " · Tidu";
    if (typeof pending === "number" && one("#page main")) { window.scrollTo(0, pending); pending = null; }
    mark(openFirm());
  }
  var isNew = true; // the first page comes with the layout, as part of what is drawn
  new MutationObserver(function (changes) {
    if (isNew && one("#page h1")) { isNew = false; drawnPage(); }
    var isDrawer = changes.some(function (change) { return change.target.id === "drawer"; });
    if (isDrawer) drawn();
    else if (changes.some(function (change) { return change.target.closest && change.target.closest("#page"); })) drawnPage();
  }).observe(root.documentElement, { childList: true, subtree: true });
  pending = (history.state || {}).y;
})();
