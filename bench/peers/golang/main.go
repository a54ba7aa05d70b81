// The engines written in Go, one a process: bench/peers/run.py says what is read and printed.
//
//	peers minio|opa|casbin FOLDER...
package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	"github.com/minio/pkg/v3/policy"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

type ask struct {
	name, action, bucket, key string
}

// An engine reads its policies and makes of each request a function that decides it.
type engine func(folder string) (func(ask) func() bool, error)

func minioEngine(folder string) (func(ask) func() bool, error) {
	text, err := os.ReadFile(folder + "/minio.json")
	if err != nil {
		return nil, err
	}
	parsed, err := policy.ParseConfig(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	conditions := map[string][]string{"SecureTransport": {"true"}}
	return func(a ask) func() bool {
		args := policy.Args{AccountName: "ann", Action: policy.Action(a.action), BucketName: a.bucket, ObjectName: a.key,
			ConditionValues: conditions}
		return func() bool { return parsed.IsAllowed(args) }
	}, nil
}

func opaEngine(folder string) (func(ask) func() bool, error) {
	text, err := os.ReadFile(folder + "/policies.rego")
	if err != nil {
		return nil, err
	}
	background := context.Background()
	query, err := rego.New(rego.Query("data.authz.allow"), rego.Module("authz.rego", string(text))).PrepareForEval(background)
	if err != nil {
		return nil, err
	}
	return func(a ask) func() bool {
		input, err := ast.InterfaceToValue(map[string]any{"action": a.action, "bucket": a.bucket, "key": a.key,
			"team": "blue", "tls": true})
		if err != nil {
			panic(err)
		}
		return func() bool {
			results, err := query.Eval(background, rego.EvalParsedInput(input))
			if err != nil {
				panic(err)
			}
			return results.Allowed()
		}
	}, nil
}

const casbinModel = `
[request_definition]
r = act, obj
[policy_definition]
p = act, obj
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && keyMatch(r.obj, p.obj)
`

func casbinEngine(folder string) (func(ask) func() bool, error) {
	if _, err := os.Stat(folder + "/casbin.csv"); err != nil {
		return nil, fmt.Errorf("its rows have no conditions")
	}
	rules, err := model.NewModelFromString(casbinModel)
	if err != nil {
		return nil, err
	}
	enforcer, err := casbin.NewEnforcer(rules)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(folder + "/casbin.csv")
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		rows = append(rows, strings.Split(line, ", ")[1:])
	}
	if _, err := enforcer.AddPolicies(rows); err != nil {
		return nil, err
	}
	return func(a ask) func() bool {
		object := a.bucket + "/" + a.key
		return func() bool {
			allowed, err := enforcer.Enforce(a.action, object)
			if err != nil {
				panic(err)
			}
			return allowed
		}
	}, nil
}

func readAsks(name string) []ask {
	file, err := os.Open(name)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	var asks []ask
	for lines := bufio.NewScanner(file); lines.Scan(); {
		words := strings.Split(lines.Text(), "\t")
		asks = append(asks, ask{words[0], words[1], words[2], words[3]})
	}
	return asks
}

// Median of five rounds of a tenth of a second, in nanoseconds for each decision.
func measure(decide func() bool) float64 {
	rounds := make([]float64, 5)
	for i := range rounds {
		count := 0
		begin := time.Now()
		for time.Since(begin) < 100*time.Millisecond {
			decide()
			count++
		}
		rounds[i] = float64(time.Since(begin).Nanoseconds()) / float64(count)
	}
	slices.Sort(rounds)
	return rounds[2]
}

func main() {
	engines := map[string]engine{"minio": minioEngine, "opa": opaEngine, "casbin": casbinEngine}
	for _, folder := range os.Args[2:] {
		prepare, err := engines[os.Args[1]](folder)
		if err != nil {
			reason, _, _ := strings.Cut(err.Error(), "\n")
			fmt.Printf("%s\tskip\t%s\n", folder, reason)
			continue
		}
		asks := readAsks(folder + "/asks.tsv")
		decisions := make([]byte, len(asks))
		for i, a := range asks {
			decisions[i] = '0'
			if prepare(a)() {
				decisions[i] = '1'
			}
		}
		fmt.Printf("%s\tdecisions\t%s\n", folder, decisions)
		for _, a := range asks {
			if a.name != "random" {
				fmt.Printf("%s\tns\t%s\t%.1f\n", folder, a.name, measure(prepare(a)))
			}
		}
	}
}
