// Sends the form of a contest with its files, and shows the answer in its notice; what was typed stays until it is
// kept, and then the page is drawn with it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-contest")) return;
  event.preventDefault();
  const notice = form.querySelector(".contest-notice");
  const body = new FormData(form, event.submitter);
  if (body.get("act") === "preview") body.delete("proof");
  // the cookie that Dash's renderer sends with its requests too
  const token = (document.cookie.match(/(?:^|; )_csrf_token=([^;]*)/) || [])[1];
  const headers = token ? { "X-CSRFToken": decodeURIComponent(token) } : {};
  fetch(form.action, { method: "POST", body, headers, credentials: "same-origin" })
    .then((answer) => answer.json())
    .then((answer) => {
      notice.replaceChildren(...answer.lines.map((line) => {
        const paragraph = document.createElement("p");
        paragraph.textContent = line;
        return paragraph;
      }));
      notice.className = "contest-notice " + (answer.is_kept ? "kept" : answer.is_refused ? "not-kept" : "would");
      if (!answer.is_kept) return;
      form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
      document.getElementById("case-changed").click();
    })
    .catch(() => { notice.textContent = notice.getAttribute("aria-label") + " ✗"; });
});
