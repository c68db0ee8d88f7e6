package look_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"

	"firebreak/app/look"
)

// The matrices of Machado, Oliveira and Fernandes (2009) at full severity, for
// linear light.
var sights = map[string][9]float64{
	"normal": {1, 0, 0, 0, 1, 0, 0, 0, 1},
	"protan": {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"deutan": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
	"tritan": {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
}

func linear(c color.Color) [3]float64 {
	r, g, b, _ := c.RGBA()
	var out [3]float64
	for i, v := range []uint32{r, g, b} {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			out[i] = s / 12.92
		} else {
			out[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return out
}

func seen(c color.Color, sight [9]float64) [3]float64 {
	in := linear(c)
	var out [3]float64
	for row := range 3 {
		for col := range 3 {
			out[row] += sight[3*row+col] * in[col]
		}
		out[row] = math.Min(1, math.Max(0, out[row]))
	}
	return out
}

// lab turns linear light into CIE L*a*b* under D65.
func lab(c [3]float64) [3]float64 {
	x := (0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047
	y := 0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2]
	z := (0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	return [3]float64{116*f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))}
}

func difference(a, b color.Color, sight [9]float64) float64 {
	la, lb := lab(seen(a, sight)), lab(seen(b, sight))
	return math.Sqrt(math.Pow(la[0]-lb[0], 2) + math.Pow(la[1]-lb[1], 2) + math.Pow(la[2]-lb[2], 2))
}

func TestSeverityFillsStayApartForEveryKindOfSight(t *testing.T) {
	t.Parallel()
	fills := []fyne.ThemeColorName{look.Sev1, look.Sev2, look.Sev3, look.Sev4, look.Resolved}
	for _, mode := range solidModes {
		for name, sight := range sights {
			for i := range fills {
				for j := range i {
					apart := difference(colourOf(mode, fills[i]), colourOf(mode, fills[j]), sight)
					assert.GreaterOrEqualf(t, apart, 25.0, "%s, %s sight: %s and %s are %.1f apart", mode, name, fills[i], fills[j], apart)
				}
			}
		}
	}
}
