#include "appliance/resources_fields.hpp"

namespace appliance {
namespace {

constexpr Range cpus_range{0.01, 1024};
constexpr Range mem_range{6, 16'777'216};  // MiB: from the engine's least to 16 TiB

void read_cpus(const Value& value, Resources& resources, Reading& reading) {
    resources.cpus = in_range(value, "`cpus`", cpus_range,
                              "`cpus` counts processors; `0.5` is half of one", reading.problems);
}

void read_mem(const Value& value, Resources& resources, Reading& reading) {
    resources.mem = whole_in_range(value, "`mem`", mem_range, "`mem` is in MiB: `1024` is one GiB",
                                   reading.problems);
}

}  // namespace

const std::vector<Field<Resources>>& resources_fields() {
    static const std::vector<Field<Resources>> fields{
        {{.name = "cpus",
          .type = JsonType::number,
          .meaning = "the processors it may use, with a fraction if need be",
          .example = "0.5",
          .also_called = "cpu"},
         read_cpus},
        {{.name = "mem",
          .type = JsonType::whole_number,
          .meaning = "the most memory it may take, in MiB",
          .example = "512",
          .also_called = "memory mem_limit ram"},
         read_mem},
        {{.name = "disk",
          .type = JsonType::whole_number,
          .meaning = "the most disk space it may take, in MiB",
          .support = Support::not_yet,
          .until_then = "remove it for now: a container may fill the engine's disk"}},
        {{.name = "gpu",
          .type = JsonType::whole_number,
          .meaning = "the number of GPUs that it gets",
          .support = Support::not_yet,
          .also_called = "gpus",
          .until_then = "remove it for now: a container gets no GPU"}},
    };
    return fields;
}

}  // namespace appliance
