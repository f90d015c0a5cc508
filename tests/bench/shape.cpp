#include "bench/shape.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bench {
namespace {

using Json = nlohmann::ordered_json;

Json to_appliance(const Service& service) {
    Json json = {{"id", service.id}, {"image", service.image}};
    if (service.is_job) {
        json["type"] = "job";
    }
    if (!service.cmd.empty()) {
        json["cmd"] = service.cmd;
    } else if (!service.args.empty()) {
        json["args"] = service.args;
    }
    if (!service.env.empty()) {
        json["env"] = service.env;
    }
    for (const int port : service.ports) {
        json["ports"].push_back({{"container_port", port}});
    }
    if (!service.needs.empty()) {
        json["dependencies"] = service.needs;
    }
    if (service.instances != 1) {
        json["instances"] = service.instances;
    }
    if (service.check) {
        json["health_check"] = {{"protocol", "COMMAND"},
                                {"command", service.check->command},
                                {"interval_seconds", service.check->interval_seconds}};
    }
    if (service.cpus) {
        json["resources"]["cpus"] = *service.cpus;
    }
    if (service.mem) {
        json["resources"]["mem"] = *service.mem;
    }
    return json;
}

const Service& named(const Shape& shape, const std::string& id) {
    for (const Service& service : shape.services) {
        if (service.id == id) {
            return service;
        }
    }
    throw std::out_of_range(id);
}

std::string condition(const Service& need) {
    if (need.is_job) {
        return "service_completed_successfully";
    }
    return need.check ? "service_healthy" : "service_started";
}

Json to_compose(const Service& service, const Shape& shape) {
    Json json = {{"image", service.image},
                 {"pull_policy", "never"},
                 {"restart", service.is_job ? "no" : "unless-stopped"}};
    if (!service.cmd.empty()) {
        json["entrypoint"] = {"/bin/sh", "-c", service.cmd};
    } else if (!service.args.empty()) {
        json["command"] = service.args;
    }
    if (!service.env.empty()) {
        json["environment"] = service.env;
    }
    for (const int port : service.ports) {
        json["ports"].push_back(std::to_string(port));
    }
    for (const std::string& need : service.needs) {
        json["depends_on"][need] = {{"condition", condition(named(shape, need))}};
    }
    if (service.instances != 1) {
        json["scale"] = service.instances;
    }
    if (service.check) {
        json["healthcheck"] = {{"test", {"CMD-SHELL", service.check->command}},
                               {"interval", fmt::format("{}s", service.check->interval_seconds)}};
    }
    if (service.cpus) {
        json["cpus"] = *service.cpus;
    }
    if (service.mem) {
        json["mem_limit"] = fmt::format("{}m", *service.mem);
    }
    return json;
}

Shape in_a_row(std::string id, int count, const Service& each) {
    Shape shape{std::move(id), {}};
    for (int i = 1; i <= count; ++i) {
        Service service = each;
        service.id = fmt::format("link-{}", i);
        if (i > 1) {
            service.needs = {fmt::format("link-{}", i - 1)};
        }
        shape.services.push_back(std::move(service));
    }
    return shape;
}

}  // namespace

std::string to_appliance(const Shape& shape) {
    Json json = {{"id", shape.id}, {"containers", Json::array()}};
    for (const Service& service : shape.services) {
        json["containers"].push_back(to_appliance(service));
    }
    return json.dump(1);
}

std::string to_compose(const Shape& shape) {
    Json json = {{"name", shape.id}, {"services", Json::object()}};
    for (const Service& service : shape.services) {
        json["services"][service.id] = to_compose(service, shape);
    }
    return json.dump(1);
}

Shape spark_livy() {
    Service livy{.id = "livy",
                 .image = "heliumdatacommons/livy",
                 .cmd = "",
                 .args = {"spark://spark-master:7077"},
                 .ports = {8998},
                 .needs = {"spark-master"},
                 .cpus = 1,
                 .mem = 4096};
    Service master{.id = "spark-master",
                   .image = "heliumdatacommons/spark-master",
                   .cmd = "",
                   .ports = {8080, 7077},
                   .cpus = 1,
                   .mem = 1024};
    Service worker{.id = "spark-worker",
                   .image = "heliumdatacommons/helium-spark-r-worker",
                   .cmd = "",
                   .args = {"spark-master:7077"},
                   .env = {{"PYSPARK_PYTHON", "/usr/bin/python"}},
                   .needs = {"spark-master"},
                   .cpus = 2,
                   .mem = 4096};
    return {"bench-spark-livy", {livy, master, worker}};
}

Shape independent(int services) {
    Shape shape{fmt::format("bench-independent-{}", services), {}};
    for (int i = 1; i <= services; ++i) {
        shape.services.push_back({.id = fmt::format("one-{}", i)});
    }
    return shape;
}

Shape chain(int services) {
    return in_a_row(fmt::format("bench-chain-{}", services), services, {.id = ""});
}

Shape chain_of_jobs(int jobs) {
    return in_a_row(fmt::format("bench-jobs-{}", jobs), jobs,
                    {.id = "", .cmd = "true", .is_job = true});
}

Shape chain_of_checks(int services) {
    return in_a_row(fmt::format("bench-checks-{}", services), services,
                    {.id = "",
                     .cmd = "trap 'exit 0' TERM; sleep 0.3; touch /tmp-ready; sleep 1000000 & wait",
                     .check = Check{"test -e /tmp-ready", 1}});
}

Shape instances_of_one(const std::string& id, int instances) {
    return {id, {{.id = "web", .instances = instances}}};
}

Shape large(int services) {
    Shape shape{fmt::format("bench-large-{}", services), {}};
    for (int i = 1; i <= services; ++i) {
        const std::string other = fmt::format("service-{}", i / 2);
        Service service{.id = fmt::format("service-{}", i),
                        .env = {{"LEVEL", "debug"}, {"NUMBER", std::to_string(i)}},
                        .ports = {8080},
                        .cpus = 0.5,
                        .mem = 64};
        if (i > 1) {
            service.needs = {other};
            service.env["UPSTREAM"] = fmt::format("http://{}:8080/", other);
        }
        shape.services.push_back(std::move(service));
    }
    return shape;
}

}  // namespace bench
