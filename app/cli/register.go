//go:build windows || linux

package cli

import (
	"context"

	"iceexplorer/app/register"
)

// systemVerbs are those that only some systems have.
func systemVerbs() []verb { return []verb{registerVerb()} }

func registerVerb() verb {
	return verb{
		name:  "register",
		short: "have the system open caches with this program, for you alone",
		long:  registerLong,
		flags: func(f *flags) {
			f.bool("undo", "have the system forget it")
		},
		run: runRegister,
	}
}

func runRegister(_ context.Context, f *flags, env Env) error {
	if len(f.args) > 0 {
		return usagef("register takes no paths")
	}
	do := register.Do
	if f.isSet("undo") {
		do = register.Undo
	}
	told, err := do()
	for _, line := range told {
		if err := env.print("%s\n", line); err != nil {
			return err
		}
	}
	return err
}
