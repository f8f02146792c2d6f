/** Calls of the chart to the server, with the page's token against forgery. */
function token(): string {
  const headers = document.body.getAttribute("hx-headers");
  return headers ? ((JSON.parse(headers) as Record<string, string>)["X-CSRFToken"] ?? "") : "";
}

export async function send(url: string, body: unknown): Promise<Response> {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token() };
  const answer = await fetch(url, { method: "POST", credentials: "same-origin", headers, body: JSON.stringify(body) });
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string };
    throw new Error(problem.detail ?? problem.title ?? String(answer.status));
  }
  return answer;
}

export async function ask<T>(url: string, body: unknown): Promise<T> {
  return (await (await send(url, body)).json()) as T;
}
