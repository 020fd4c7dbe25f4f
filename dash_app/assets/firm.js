// Keeps the folds that are open in the address, so that a copied address or a reload opens them again.
document.addEventListener("toggle", (event) => {
  const name = event.target.dataset && event.target.dataset.fold;
  if (!name) return;
  const address = new URL(window.location.href);
  const open = new Set((address.searchParams.get("open") || "").split(",").filter(Boolean));
  if (event.target.open) open.add(name); else open.delete(name);
  if (open.size) address.searchParams.set("open", [...open].join(",")); else address.searchParams.delete("open");
  const search = address.searchParams.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":");
  window.history.replaceState(window.history.state, "", address.pathname + (search ? "?" + search : "") + address.hash);
}, true);
