// What a form brought. Everything in it is optional.

export async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    return new FormData(); // no form
  }
}

export function field(form: FormData, name: string): string | null {
  const value = form.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 200) : null;
}
