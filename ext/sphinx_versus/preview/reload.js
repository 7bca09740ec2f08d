/* Added to each page of the live preview: reloads it after a build at the same scroll position, and shows the messages. */
(() => {
  "use strict";
  const { build, news } = document.currentScript.dataset;
  const place = `versus-live ${location.pathname}`;
  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    history.scrollRestoration = "manual";
    addEventListener("load", () => scrollTo({ top: Number(kept), behavior: "instant" }));
  }

  let shown = "";
  function show(messages) {
    const text = messages.join("\n");
    if (text === shown) return;
    shown = text;
    document.getElementById("versus-live")?.remove();
    if (!text) return;
    const box = document.createElement("details");
    box.id = "versus-live";
    box.style.cssText =
      "position:fixed;inset:auto 1rem 1rem auto;z-index:9999;max-width:min(60rem,calc(100vw - 2rem));max-height:50vh;" +
      "overflow:auto;padding:.5rem .75rem;border:1px solid #8a5300;border-radius:.5rem;background:#fff8e6;color:#3b2600;" +
      "font:.8125rem/1.5 ui-monospace,monospace";
    const title = document.createElement("summary");
    title.textContent = messages.length === 1 ? "1 message of the build" : `${messages.length} messages of the build`;
    const list = document.createElement("pre");
    list.style.cssText = "margin:.5rem 0 0;white-space:pre-wrap;background:none;color:inherit";
    list.textContent = text;
    box.append(title, list);
    document.body.append(box);
  }

  async function ask() {
    let pause = 200;
    try {
      const state = await (await fetch(`${news}?page=${encodeURIComponent(location.pathname)}`)).json();
      if (String(state.build) !== build) {
        sessionStorage.setItem(place, String(scrollY));
        location.reload();
        return;
      }
      show(state.messages);
    } catch {
      pause = 2000; // The server has ended; it may be started again.
    }
    setTimeout(ask, pause);
  }
  ask();
})();
