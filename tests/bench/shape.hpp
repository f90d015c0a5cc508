#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

// Appliances to measure, written once and told to pivot and to docker compose alike.
namespace bench {

struct Check {
    std::string command;
    int interval_seconds = 1;
};

struct Service {
    std::string id;
    std::string image = "pivot-test";
    // Does nothing and ends at once on SIGTERM. Without it, `args` go to the image's entry point.
    std::string cmd = "trap 'exit 0' TERM; sleep 1000000 & wait";
    std::vector<std::string> args = {};
    std::map<std::string, std::string> env = {};
    std::vector<int> ports = {};
    std::vector<std::string> needs = {};
    int instances = 1;
    bool is_job = false;
    std::optional<Check> check = {};
    std::optional<double> cpus = {};
    std::optional<int> mem = {};
};

struct Shape {
    std::string id;
    std::vector<Service> services;
};

[[nodiscard]] std::string to_appliance(const Shape& shape);
[[nodiscard]] std::string to_compose(const Shape& shape);  // JSON, which is YAML too

// appliances/spark-livy.json
[[nodiscard]] Shape spark_livy();
[[nodiscard]] Shape independent(int services);
[[nodiscard]] Shape chain(int services);
[[nodiscard]] Shape chain_of_jobs(int jobs);
// Each is ready 0.3 s after its start, and a command says so.
[[nodiscard]] Shape chain_of_checks(int services);
[[nodiscard]] Shape instances_of_one(const std::string& id, int instances);
// With environment, ports, limits, and a reference to another each.
[[nodiscard]] Shape large(int services);

}  // namespace bench
