#include "appliance/fields/resources_fields.hpp"

namespace appliance {
namespace {

constexpr Range cpus_range{0.01, 1024};
constexpr Range mem_range{6, 16'777'216};   // MiB: from the engine's least to 16 TiB
constexpr Range disk_range{1, 16'777'216};  // MiB
constexpr Range gpu_range{0, 1024};

void read_cpus(const Value& value, Resources& resources, Reading& reading) {
    resources.cpus = in_range(value, "`cpus`", cpus_range,
                              "`cpus` counts processors; `0.5` is half of one", reading.problems);
}

void read_mem(const Value& value, Resources& resources, Reading& reading) {
    resources.mem = whole_in_range(value, "`mem`", mem_range, "`mem` is in MiB: `1024` is one GiB",
                                   reading.problems);
}

void read_disk(const Value& value, Resources& resources, Reading& reading) {
    resources.disk = whole_in_range(value, "`disk`", disk_range,
                                    "`disk` is in MiB: `1024` is one GiB", reading.problems);
}

void read_gpu(const Value& value, Resources& resources, Reading& reading) {
    const auto number = whole_in_range(value, "the number of GPUs", gpu_range,
                                       "it counts whole devices", reading.problems);
    resources.gpu = static_cast<int>(number.value_or(0));
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
          .also_called = "memory ram"},
         read_mem},
        {{.name = "disk",
          .type = JsonType::whole_number,
          .meaning = "the most disk space that its own layer may take, in MiB",
          .example = "10240",
          .also_called = "storage"},
         read_disk},
        {{.name = "gpu",
          .type = JsonType::whole_number,
          .meaning = "the number of GPUs that it gets",
          .example = "1"},
         read_gpu},
        {{.name = "gpus",
          .type = JsonType::whole_number,
          .meaning = "the number of GPUs that it gets, by another name",
          .example = "1"},
         read_gpu},
    };
    return fields;
}

}  // namespace appliance
