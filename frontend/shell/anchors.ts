/** Tabs are anchors of one page: mark the one whose part is in view. */
export function watchAnchors(): void {
  const start = (): void => {
    for (const tabs of document.querySelectorAll<HTMLElement>(".tabs[data-anchors]")) watchTabs(tabs);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}

function watchTabs(tabs: HTMLElement): void {
  const links = [...tabs.querySelectorAll<HTMLAnchorElement>("a[href^='#']")];
  const visible = new Set<Element>();
  const parts = new Map<Element, HTMLAnchorElement>();
  for (const link of links) {
    const part = document.getElementById(link.hash.slice(1));
    if (part) parts.set(part, link);
  }
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) visible.add(entry.target);
      else visible.delete(entry.target);
    }
    const first = [...parts.keys()].find((part) => visible.has(part));
    if (!first) return;
    for (const link of links) link.removeAttribute("aria-current");
    parts.get(first)?.setAttribute("aria-current", "true");
  }, { rootMargin: "-60px 0px -40% 0px" });
  for (const part of parts.keys()) observer.observe(part);
}
