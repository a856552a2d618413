"""From the trained network to ONNX, in float; and the one input that every form of the model has."""

import io
import contextlib
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from .images import Size
from .network import SCALE, ZERO_POINT

INPUT = "image"
"""uint8 [1, height, width, 3], RGB."""
OUTPUT = "probabilities"
"""float32 [1, labels]."""
PIXELS = "pixels"
"""The network's own input: normalised float [1, 3, height, width]. It exists only between export and quantization."""


class _Probabilities(nn.Module):
    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return torch.softmax(self.network(pixels), dim=1)


def export_float(network: nn.Module, size: Size, file: Path) -> None:
    """Writes the network as an ONNX file from `pixels` to `probabilities`."""
    example = torch.zeros(1, 3, size[1], size[0])
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            _Probabilities(network).eval(), (example,), input_names=[PIXELS], output_names=[OUTPUT], dynamo=True, verbose=False
        )
    model = program.model_proto
    _pool_as_one_operator(model.graph)
    _forget_the_workshop(model)
    onnx.checker.check_model(model)
    onnx.save(model, file)


def _pool_as_one_operator(graph: onnx.GraphProto) -> None:
    """The exporter writes the global pooling as ReduceMean, for which ONNX Runtime has no INT8 kernel."""
    for node in graph.node:
        if node.op_type == "ReduceMean":
            axes = node.input[1]
            node.op_type = "GlobalAveragePool"
            del node.input[1:], node.attribute[:]
            for unused in [held for held in graph.initializer if held.name == axes]:
                graph.initializer.remove(unused)


def _forget_the_workshop(model: onnx.ModelProto) -> None:
    """The exporter notes source lines and folders of this machine at every node; none of it belongs into a package."""
    model.doc_string = ""
    del model.metadata_props[:], model.graph.metadata_props[:], model.graph.value_info[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    for value in [*model.graph.input, *model.graph.output, *model.graph.initializer]:
        value.doc_string = ""
        del value.metadata_props[:]


def take_bytes(model: onnx.ModelProto, size: Size) -> onnx.ModelProto:
    """
    Replaces the input `pixels` by `image`, uint8 NHWC: a transposition and the normalisation as a DequantizeLinear.

    A quantized model has that DequantizeLinear already behind its first QuantizeLinear, which is taken out; ONNX Runtime
    then cancels the transposition against its own INT8 layout, so the camera's bytes are the first tensor as they are.
    """
    graph = model.graph
    first = next((node for node in graph.node if node.op_type == "QuantizeLinear" and node.input[0] == PIXELS), None)
    if first is None:
        held = [numpy_helper.from_array(np.array(SCALE, np.float32), "pixels_scale")]
        held.append(numpy_helper.from_array(np.array(ZERO_POINT, np.uint8), "pixels_zero_point"))
        graph.initializer.extend(held)
        planes = "pixels_quantized"
        graph.node.insert(0, helper.make_node("DequantizeLinear", [planes, "pixels_scale", "pixels_zero_point"], [PIXELS]))
    else:
        planes = first.output[0]
        graph.node.remove(first)
    graph.node.insert(0, helper.make_node("Transpose", [INPUT], [planes], name="to_planes", perm=[0, 3, 1, 2]))
    del graph.input[:]
    graph.input.append(helper.make_tensor_value_info(INPUT, TensorProto.UINT8, [1, size[1], size[0], 3]))
    onnx.checker.check_model(model)
    return model
