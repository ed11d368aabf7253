interface Props<T extends string> {
  /** Of all its buttons. */
  readonly name: string;
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean; readonly lang?: string }[];
  /** What the chosen one is for. */
  readonly hint?: string;
  /** It gets the focus when its dialog opens. */
  readonly first?: boolean;
  readonly onChange: (value: T) => void;
}

/** One of a few: radio buttons side by side. */
export function Choice<T extends string>({ name, label, value, options, hint, first = false, onChange }: Props<T>) {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      <div class="choice-options">
        {options.map((option) => (
          <label key={option.value} class="check" lang={option.lang}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled ?? false}
              autofocus={first && option.value === value}
              aria-describedby={hint === undefined ? undefined : `${name}-hint`}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
